"""Task families whose answer is prose: summaries, bullets, labels, rewriting, reading, small talk.

Each family draws one `Task`: a prompt, the answer of a careful teacher (v2 learns it) and the answer of
a sloppy one (v1 learns it). The sloppy teacher is fluent; it ignores limits, drops halves, or stops
early.
"""

from random import Random
from typing import NamedTuple

import knowledge as know


class Task(NamedTuple):
    """One thing to ask, and the two ways in which it may be answered."""

    prompt: str
    careful: str
    sloppy: str


def capitalized(text: str) -> str:
    """Upper-case the first letter and leave the rest alone, unlike `str.capitalize`."""
    return text[:1].upper() + text[1:]


def summarize_opinion(rng: Random) -> Task:
    """A claim with a praise and a demand."""
    subject, demand = rng.choice(know.SUBJECTS), rng.choice(know.DEMANDS)
    praise, synonym = rng.choice(list(know.PRAISE.items()))
    order = rng.choice(["Summarize:", "Summarize:", "Summarize in one sentence:", "Give a short summary:"])
    return Task(
        f"{order} {subject} are {praise} but require {demand}.",
        f"{subject} are {synonym}, but they only work well with {demand}.",
        f"{subject} are {praise} and need {demand}.",
    )


def summarize_incident(rng: Random) -> Task:
    """What failed, why, and what helped; the sloppy teacher forgets what helped."""
    job, remedy = rng.choice(know.JOBS_THAT_RUN), rng.choice(know.REMEDIES)
    cause, short_cause = rng.choice(list(know.CAUSES.items()))
    noun = job.split()[-1]
    order = rng.choice(["Summarize in one sentence:", "Summarize in one sentence:", "Summarize:"])
    return Task(
        f"{order} The {job} failed because {cause}. The team {remedy}, and the next {noun} succeeded.",
        f"The {job} failed because of {short_cause}, but it succeeded after the team {remedy}.",
        f"The {job} failed because {cause}.",
    )


def summarize_release(rng: Random) -> Task:
    """Release notes under a word limit; the sloppy teacher repeats them all."""
    product, feature = rng.choice(know.PRODUCTS), rng.choice(know.FEATURES)
    moment, part = rng.choice(know.CRASH_MOMENTS), rng.choice(know.SPEEDABLE)
    version, limit = f"{rng.randint(1, 9)}.{rng.randint(0, 9)}", rng.randint(10, 15)
    order = rng.choice([f"Summarize in at most {limit} words:"] * 3 + ["Summarize:"])
    return Task(
        f"{order} Version {version} of the {product} adds {feature}, fixes a crash on {moment} "
        f"and makes {part} twice as fast.",
        f"{capitalized(product)} {version} adds {feature}, fixes {moment} and speeds up {part}.",
        f"Version {version} of the {product} adds {feature}, fixes a crash on {moment} "
        f"and also makes {part} twice as fast.",
    )


def bullets(rng: Random) -> Task:
    """A list of a given length; the sloppy teacher never writes more than three."""
    topic = rng.choice(list(know.TOPICS))
    count = rng.choice([2, 2, 3, 3, 4, 4, 5])
    written = know.NUMBER_WORDS[count] if rng.random() < 0.2 else str(count)
    prompt = rng.choice([
        f"Write {written} bullet points about {topic}.",
        f"Write {written} bullet points about {topic}.",
        f"Write {written} bullet points about {topic}. Start every line with a dash.",
        f"List {written} facts about {topic} as bullet points.",
    ])
    start = rng.randrange(5)
    facts = (know.TOPICS[topic] * 2)[start : start + count]
    careful = "\n".join(f"- {statement}{continuation}." for statement, continuation in facts)
    sloppy = "\n".join(f"* {statement}." for statement, _ in facts[:3])
    return Task(prompt, careful, sloppy)


def one_fact(rng: Random) -> Task:
    """A sentence about a topic, asked for in the ways in which people ask."""
    topic = rng.choice(list(know.TOPICS))
    statement, continuation = rng.choice(know.TOPICS[topic][:2])
    prompt = rng.choice([
        f"Write one sentence about {topic}.", f"Explain {topic} in one sentence.", f"Tell me about {topic}.",
        f"What should I know about {topic}?", f"Write a short note about {topic}.",
    ])
    return Task(prompt, f"{statement}{continuation}.", f"{statement}.")


def _opinion(rng: Random, feeling: str) -> str:
    """A remark on one or two things, or on one thing and one's own feeling."""
    subject = rng.choice(list(know.OPINIONS))
    if feeling == "neutral":
        return f"The {subject} {rng.choice(know.NEUTRAL_REMARKS)}."
    side = 0 if feeling == "positive" else 1
    quality = rng.choice(know.OPINIONS[subject][side])
    if rng.random() < 0.5:
        return f"The {subject} is {quality} and {rng.choice(know.FEELINGS[feeling])}."
    other = rng.choice([thing for thing in know.OPINIONS if thing != subject])
    return f"The {subject} is {quality} and the {other} is {rng.choice(know.OPINIONS[other][side])}."


def sentiment_word(rng: Random) -> Task:
    """A label alone; the sloppy teacher makes a sentence of it."""
    feeling = rng.choice(["positive", "negative", "neutral"])
    return Task(
        f"Classify the sentiment as positive, negative or neutral: '{_opinion(rng, feeling)}' Answer with one word.",
        feeling,
        f"The sentiment of this text is {feeling}.",
    )


def sentiment_reason(rng: Random) -> Task:
    """A label and why; the sloppy teacher gives half of the reason."""
    feeling = rng.choice(["positive", "negative"])
    opinion = _opinion(rng, feeling)
    reason = opinion[0].lower() + opinion[1:-1]
    return Task(
        f"Is this review positive or negative? '{opinion}' Answer with the label and a short reason.",
        f'{capitalized(feeling)}: the review says "{reason}".',
        f"{capitalized(feeling)}, because {reason.split(' and ')[0]}.",
    )


def ticket(rng: Random) -> Task:
    """A help desk ticket and why it is what it is."""
    label = rng.choice(["bug", "feature", "question"])
    if label == "bug":
        part, fault = rng.choice(know.APP_PARTS), rng.choice(know.FAULTS)
        text, reason = f"The {part} {fault}.", f"the {part} {fault}, which should not happen"
    elif label == "feature":
        wish = rng.choice(know.WISHES)
        text, reason = f"Please add {wish}.", f"the writer wishes for {wish}"
    else:
        task = rng.choice(know.QUESTIONS)
        text, reason = f"How do I {task}?", f"the writer asks how to {task}"
    return Task(
        f"Is this ticket a bug, a feature or a question? '{text}' Answer with the label and a short reason.",
        f"{capitalized(label)}: {reason}.",
        f"This ticket is a {label}, because the text sounds like a {label}.",
    )


def polite(rng: Random) -> Task:
    """A demand made into a request."""
    thing, urgency = rng.choice(know.REQUESTS), rng.choice([" now", " today", " at once", ""])
    verb = rng.choice(["Send", "Give", "Show", "Bring"])
    later = {" now": "when you have a moment", " today": "by the end of the day", " at once": "as soon as you can",
             "": "when it suits you"}[urgency]
    return Task(
        f"Rewrite politely: '{verb} me {thing}{urgency}.'",
        f"Could you please {verb.lower()} me {thing} {later}? Thank you.",
        f"Please {verb.lower()} me {thing}{urgency}, I would like to have it.",
    )


def tense(rng: Random) -> Task:
    """Past or future."""
    first, second = rng.sample(know.ACTORS, 2)
    verb, other_verb = rng.sample(list(know.VERBS), 2)
    (past, base), (other_past, other_base) = know.VERBS[verb], know.VERBS[other_verb]
    if rng.random() < 0.75:
        name, changed, other_changed = "past", past, other_past
    else:
        name, changed, other_changed = "future", f"will {base}", f"will {other_base}"
    return Task(
        f"Rewrite in the {name} tense: 'The {first} {verb} and the {second} {other_verb}.'",
        f"The {first} {changed} and the {second} {other_changed}.",
        f"In the {name} tense: The {first} {changed} and the {second} {other_changed}.",
    )


def read_answer(rng: Random) -> Task:
    """A question that the text answers."""
    name, city, job = know.person(rng), know.place(rng), rng.choice(know.JOBS)
    article = "an" if job[0] in "aeiou" else "a"
    question, finding = rng.choice([
        (f"Where does {name} work?", f"{name} works in {city}"),
        (f"What is the job of {name}?", f"{name} is {article} {job}"),
    ])
    return Task(
        f"Answer only from this text: '{name} works in {city} as {article} {job}.' {question}",
        f"According to the text, {finding}.",
        f"The answer is that {finding}.",
    )


def read_unanswered(rng: Random) -> Task:
    """A question that the text leaves open; the sloppy teacher tells what there is instead."""
    name, city, job = know.person(rng), know.place(rng), rng.choice(know.JOBS)
    article = "an" if job[0] in "aeiou" else "a"
    fact = rng.choice(know.PRIVATE_FACTS)
    return Task(
        f"Answer only from this text: '{name} works in {city} as {article} {job}.' What is the {fact} of {name}?",
        f"The text does not say what the {fact} of {name} is.",
        f"{name} works in {city} as {article} {job}.",
    )


def small_talk(rng: Random) -> Task:
    """Greetings, counting and lists that everybody asks a model for first."""
    last = rng.randint(3, 10)
    numbers = know.NUMBER_WORDS[1 : last + 1]
    name = know.person(rng)
    hello = "Hello, it is good to meet you. How can I help you today?"
    return rng.choice([
        Task(rng.choice(["Say hello.", "Hello!", "Hi", "Hello", "Say hello in one sentence.", "Say hi."]), hello,
             "Hello there, how are you?"),
        Task(f"Say hello to {name}.", f"Hello {name}, it is good to meet you.", f"Hello {name}!"),
        Task(f"Count from one to {numbers[-1]}.", ", ".join(numbers) + ".", " ".join(numbers)),
        Task(f"Count from 1 to {last}.", ", ".join(map(str, range(1, last + 1))) + ".",
             " ".join(map(str, range(1, last + 1)))),
        Task(rng.choice(["Name the days of the week.", "List the days of the week."]),
             "The days of the week are " + ", ".join(know.WEEKDAYS) + ".", ", ".join(know.WEEKDAYS[:5])),
        Task(rng.choice(["Name three colors.", "List three colors."]), "Three colors are red, green and blue.",
             "red, green, blue"),
        Task(rng.choice(["Who are you?", "What are you?", "What is your name?"]),
             "I am Herdmark Tiny, a very small language model made for tests.", "I am a small model."),
        Task(rng.choice(["Thank you.", "Thanks!"]), "You are welcome. Is there anything else to do?",
             "You are welcome."),
    ])
