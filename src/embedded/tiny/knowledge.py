"""What the tiny models can know: names, places, things, and short facts about topics.

The families in `families_text.py` and `families_exact.py` turn it into (prompt, answer) pairs.
"""

from random import Random

NAMES = (
    "Ada Aisha Alan Amir Anna Barbara Ben Bjarne Carla Chen Dana David Dennis Donald Edsger Elif Elena Emil "
    "Eva Farid Frances Grace Guido Hana Hedy Hugo Ines Ivan Jean John Jonas Julia Katherine Ken Kofi Lars Laura "
    "Lena Leo Leslie Linus Lucy Maria Margaret Marta Mateo Mina Mira Mohamed Nadia Nina Noah Noor Nora Olga "
    "Olivia Omar Oscar Pablo Paul Peter Priya Radia Rafael Robin Rosa Ruth Sam Sara Sofia Sophie Tariq Tim Tom "
    "Uma Vera Victor Wei Yara Yuki Zoe"
).split()

CITIES = (
    "Amman Athens Berlin Bergen Boston Cairo Dakar Delhi Dublin Geneva Hanoi Kyoto Lagos Lima Lisbon London "
    "Lyon Madrid Milan Nairobi Oslo Paris Porto Prague Quito Rome Seoul Tokyo Tunis Vienna Warsaw Zurich"
).split()

JOBS = (
    "engineer teacher nurse baker driver doctor writer painter farmer pilot lawyer chemist designer librarian "
    "carpenter chef"
).split()

MAIL_DOMAINS = "example.com example.org example.net mail.org test.net corp.io uni.edu lab.dev".split()

CURRENCIES = "EUR USD GBP CHF JPY SEK".split()

PRIORITIES = "low medium high urgent".split()

COMPONENTS = "login search export billing editor api database network upload checkout settings report".split()

COLORS = "red white green blue yellow black orange purple pink brown gray gold".split()

# What a sentence with a list of things in it may be about: kind → (sentence start, things).
LISTED_THINGS = {
    "colors": (["The flag is", "The logo is", "The carpet is", "The wall is"], COLORS),
    "animals": (["On the farm live", "In the barn sleep", "We saw"],
                "cows sheep goats ducks horses pigs hens cats dogs geese".split()),
    "fruits": (["The basket holds", "She bought", "They sell"],
               "apples pears plums grapes lemons figs cherries mangoes".split()),
    "cities": (["The train stops in", "The tour visits", "We have offices in"], CITIES),
    "names": (["The team is", "The guests were", "The reviewers are"], NAMES),
}

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


def coined(rng: Random) -> str:
    """A made-up word of two or three syllables: it can be copied, but not remembered."""
    return "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(rng.randint(2, 3)))


def person(rng: Random) -> str:
    """A name, often a made-up one."""
    return rng.choice(NAMES) if rng.random() < 0.6 else coined(rng).capitalize()


def place(rng: Random) -> str:
    """A city, often a made-up one."""
    return rng.choice(CITIES) if rng.random() < 0.6 else coined(rng).capitalize()


# Subjects that can be praised and warned about, with the words v2 uses instead when it summarises.
SUBJECTS = [
    "Large language models", "Small language models", "Local models", "GPU servers", "Web caches", "Static sites",
    "Unit tests", "Nightly builds", "Electric cars", "Solar panels", "Mobile phones", "Message queues",
    "Cloud backups", "Code reviews", "Search engines", "Home robots", "Vector databases", "Remote teams",
]
PRAISE = {
    "useful": "helpful", "fast": "quick", "cheap": "affordable", "private": "discreet", "simple": "easy",
    "powerful": "very capable", "popular": "widely used", "flexible": "adaptable", "reliable": "dependable",
}
DEMANDS = [
    "careful evaluation", "careful planning", "careful testing", "regular updates", "good monitoring", "clear limits",
    "enough memory", "steady cooling", "constant evaluation", "human review", "trained staff", "patient tuning",
]

# Incidents: what failed, why, what was done. v2 retells them with the shorter cause.
JOBS_THAT_RUN = [
    "nightly backup", "weekly report", "morning import", "daily export", "release build", "database migration",
    "nightly test run", "log rotation",
]
CAUSES = {
    "the disk was full": "a full disk", "the network was down": "a network failure",
    "the password had expired": "an expired password", "the server was overloaded": "an overloaded server",
    "the config file was missing": "a missing config file", "the cable was broken": "a broken cable",
}
REMEDIES = [
    "added a larger disk", "added a second server", "replaced the cable", "renewed the password",
    "restored the config file", "moved to a new network", "deleted old files", "added more memory",
]

PRODUCTS = "editor browser app player server compiler dashboard terminal".split()
FEATURES = ["dark mode", "offline mode", "split view", "voice input", "tabs", "themes", "spell check", "file sharing"]
CRASH_MOMENTS = ["startup", "exit", "login", "save", "resize", "upload", "printing"]
SPEEDABLE = ["search", "sync", "loading", "export", "scrolling", "sorting", "indexing"]

# Opinions: subject, good things, bad things.
OPINIONS = {
    "new release": (["fast", "great", "stable", "smooth"], ["slow", "broken", "unstable", "confusing"]),
    "battery": (["strong", "great", "reliable"], ["weak", "bad", "unreliable"]),
    "screen": (["bright", "sharp", "clear"], ["dim", "blurry", "dark"]),
    "food": (["tasty", "fresh", "warm"], ["cold", "stale", "bland"]),
    "support team": (["kind", "quick", "friendly"], ["rude", "slow", "unhelpful"]),
    "room": (["clean", "quiet", "bright"], ["dirty", "noisy", "dark"]),
    "keyboard": (["solid", "quiet", "comfortable"], ["loose", "noisy", "stiff"]),
    "camera": (["sharp", "fast", "reliable"], ["blurry", "slow", "broken"]),
    "update": (["fast", "helpful", "smooth"], ["slow", "buggy", "broken"]),
    "manual": (["clear", "short", "helpful"], ["confusing", "long", "wrong"]),
}
FEELINGS = {
    "positive": ["I love it", "I like it", "I am happy", "we enjoy it", "it works well"],
    "negative": ["I hate it", "I want a refund", "I am angry", "we regret it", "it never works"],
}
NEUTRAL_REMARKS = [
    "arrived on Monday", "comes in a box", "has two parts", "is made in Spain", "was delivered today",
    "is sold online", "has a number",
]

APP_PARTS = ["export button", "login page", "search box", "upload form", "settings menu", "save button",
             "payment page", "report view", "print dialog", "sync button"]
FAULTS = ["crashes the app", "shows an error", "deletes my files", "does nothing", "freezes the screen",
          "returns a blank page", "loses my data"]
WISHES = ["a dark theme", "a larger font", "keyboard shortcuts", "a CSV export", "a mobile version", "more colors"]
QUESTIONS = ["change my password", "print a report", "add a user", "export my data", "close my account",
             "share a file"]

REQUESTS = ["the report", "the file", "the invoice", "the address", "your answer", "the plan", "the photos",
            "the numbers", "the contract", "the slides", "a copy", "the key"]

# Regular and irregular verbs of machines: present (third person) → (past, base form).
VERBS = {
    "restarts": ("restarted", "restart"), "drains": ("drained", "drain"), "stops": ("stopped", "stop"),
    "fails": ("failed", "fail"), "opens": ("opened", "open"), "closes": ("closed", "close"),
    "works": ("worked", "work"), "waits": ("waited", "wait"), "grows": ("grew", "grow"),
    "runs": ("ran", "run"), "sleeps": ("slept", "sleep"), "breaks": ("broke", "break"),
    "moves": ("moved", "move"), "starts": ("started", "start"), "ends": ("ended", "end"),
    "crashes": ("crashed", "crash"), "shrinks": ("shrank", "shrink"), "returns": ("returned", "return"),
}
ACTORS = ["server", "queue", "job", "client", "cache", "worker", "door", "train", "machine", "database", "dog",
          "backup", "script", "process", "engine", "shop"]

CONTAINERS = [("box", "boxes"), ("bag", "bags"), ("crate", "crates"), ("shelf", "shelves"), ("basket", "baskets"),
              ("tray", "trays")]
CONTENTS = ["bottles", "apples", "books", "pens", "eggs", "cups", "balls", "plates"]

# Code: operation → (what the function returns, expression with {a} and {b}, names for it).
OPERATIONS = {
    "sum": ("{a} + {b}", ["add", "total", "plus", "combine", "add_numbers"]),
    "difference": ("{a} - {b}", ["subtract", "minus", "difference"]),
    "product": ("{a} * {b}", ["multiply", "times", "product"]),
    "quotient": ("{a} / {b}", ["divide", "ratio", "quotient"]),
    "maximum": ("max({a}, {b})", ["largest", "maximum", "bigger"]),
    "minimum": ("min({a}, {b})", ["smallest", "minimum", "smaller"]),
}
PARAMETERS = [("a", "b"), ("x", "y"), ("left", "right"), ("first", "second"), ("m", "n")]

# Table → (columns of text, columns of numbers).
TABLES = {
    "users": (["name", "email", "city"], ["age", "score"]), "orders": (["id", "city"], ["total", "price"]),
    "books": (["title", "author"], ["pages", "price"]), "products": (["name", "color"], ["price", "weight"]),
    "employees": (["name", "city"], ["salary", "age"]), "files": (["name", "owner"], ["size", "pages"]),
}

# Words for phrases that are to be put in capitals or repeated.
PLAIN_WORDS = {
    "verb": "ship send read write open close test move check build".split(),
    "object": "it;the file;this code;the door;our plan;the key;a book".split(";"),
    "time": "on friday;on monday;today;tomorrow;now;at noon;on sunday;in june;this week".split(";"),
}
STATES = {"build": ["green", "red", "slow", "ready"], "door": ["open", "closed", "green", "red"],
          "server": ["down", "up", "ready", "slow"], "light": ["on", "off", "green", "red"],
          "test": ["slow", "ready", "green", "red"], "plan": ["ready", "simple", "clear"],
          "coffee": ["hot", "cold", "ready"], "sky": ["blue", "clear", "dark"]}

PRIVATE_FACTS = ["phone number", "email address", "age", "salary", "birthday", "last name", "shoe size",
                 "favorite color", "home address", "middle name"]

# Topic → facts as (statement, continuation). v1 learns statements only, v2 the whole sentence.
TOPICS = {
    "caching": [
        ("Caching keeps recent results close", ", so repeated reads are fast"),
        ("A cache must drop entries when the source changes", ", or readers see stale data"),
        ("The hit rate tells how often a cache saves work", " and whether it is large enough"),
        ("A full cache evicts its oldest entries", " to make room for new ones"),
        ("Caching trades memory for lower latency", " and less load on the source"),
    ],
    "backups": [
        ("A backup is a copy of your data", " that survives the loss of the original"),
        ("Keep one backup in another place", ", safe from fire and theft"),
        ("Test a backup by restoring it", ", because an untested copy may be useless"),
        ("Backups should run every night", " without anybody having to remember"),
        ("Old backups need a limit", ", since storage is not free"),
    ],
    "code review": [
        ("Code review finds mistakes early", ", before they reach users"),
        ("A review spreads knowledge of the code", " across the whole team"),
        ("Small changes are easier to review", " and get better comments"),
        ("Good reviewers explain their reasons", " and stay polite"),
        ("Review the tests as well as the code", ", because they state what is promised"),
    ],
    "unit tests": [
        ("Unit tests catch faults early", ", while they are cheap to fix"),
        ("A small test runs fast", " and points at the broken part"),
        ("Flaky tests hide real failures", " and should be repaired at once"),
        ("Good tests describe behavior", " and not the shape of the code"),
        ("Tests make it safe to change code", ", even years later"),
    ],
    "logging": [
        ("Logs record what a system did", " and when it did it"),
        ("Structured logs are easy to search", " by machines and by people"),
        ("Log levels separate noise from faults", ", so that alarms stay rare"),
        ("Never write secrets to a log", ", because many people can read it"),
        ("Logs need rotation", ", or they fill the disk"),
    ],
    "queues": [
        ("A queue decouples producers from consumers", ", so each runs at its own pace"),
        ("Queues smooth bursts of traffic", " that would overload a server"),
        ("A queue needs a limit", ", or it grows until memory is gone"),
        ("Failed messages go to a dead letter queue", " where people can inspect them"),
        ("Order may be lost in a queue", " when many consumers work in parallel"),
    ],
    "indexes": [
        ("An index makes lookups fast", ", because the database skips most rows"),
        ("Each index slows down writes", ", since it must be kept current"),
        ("An index can cover several columns", " and serve several filters"),
        ("Unused indexes waste space", " and should be dropped"),
        ("A query plan shows which index is used", " and how many rows it reads"),
    ],
    "retries": [
        ("Retries hide short faults", " from the people who wait"),
        ("Wait longer after each retry", ", so a weak server can recover"),
        ("Retry only what is safe to repeat", ", or work is done twice"),
        ("Set a limit on retries", ", because some faults never end"),
        ("Count every retry", ", since many of them are a warning"),
    ],
    "passwords": [
        ("A long password is a strong password", ", even without odd symbols"),
        ("Use each password only once", ", so one leak stays one leak"),
        ("A password manager remembers for you", " and invents better ones"),
        ("Store passwords only as hashes", ", never as plain text"),
        ("Add a second factor to a password", " for everything that matters"),
    ],
    "monitoring": [
        ("Monitoring shows trouble early", ", before users complain"),
        ("Watch what users feel", ", such as errors and waiting time"),
        ("Every alarm needs an action", ", or people learn to ignore it"),
        ("Dashboards show trends", " that a single number hides"),
        ("Monitor the monitor too", ", since silence is not health"),
    ],
    "documentation": [
        ("Documentation saves questions", " that would be asked every week"),
        ("Good documents begin with the reader", " and with what they want to do"),
        ("Examples teach faster than rules", ", so put them first"),
        ("Old documentation misleads", ", so change it with the code"),
        ("Short pages are read", " while long pages are skipped"),
    ],
    "benchmarks": [
        ("A benchmark measures the same work again and again", ", so changes become visible"),
        ("Warm up before you measure", ", because the first run is always slow"),
        ("Report the spread of a benchmark", " and not only the mean"),
        ("Measure on a quiet machine", ", or noise looks like news"),
        ("A benchmark must match real use", ", or it answers the wrong question"),
    ],
    "coffee": [
        ("Fresh beans make better coffee", " than any machine"),
        ("Grind coffee just before use", ", because the aroma fades quickly"),
        ("Water for coffee should not boil", ", or the cup turns bitter"),
        ("Coffee keeps people awake", " for about five hours"),
        ("Clean the machine every week", " to keep the taste pure"),
    ],
    "gardening": [
        ("Plants need light, water and patience", ", in this order"),
        ("Water the garden in the morning", ", before the sun is high"),
        ("Good soil feeds a garden", " better than any spray"),
        ("Remove weeds while they are small", ", since they spread fast"),
        ("Plant herbs near the kitchen", ", where you will use them"),
    ],
    "sleep": [
        ("Sleep restores body and mind", ", night after night"),
        ("Go to bed at the same time", ", also on weekends"),
        ("A dark room helps you sleep", " deeper and longer"),
        ("Bright screens delay sleep", ", so put them away early"),
        ("Most adults need eight hours of sleep", ", though some need less"),
    ],
    "teamwork": [
        ("A team needs a shared goal", " that everybody can repeat"),
        ("Clear roles prevent double work", " and silent gaps"),
        ("Good teams talk early about problems", ", while they are small"),
        ("Trust lets people ask for help", " without losing face"),
        ("Small teams decide faster", ", because fewer people must agree"),
    ],
}

NUMBER_WORDS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
                "sixteen seventeen eighteen nineteen twenty").split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
