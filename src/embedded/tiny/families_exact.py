"""Task families whose answer can be wrong in a character: JSON, sums, sorting, code, copying.

The sloppy teacher fences all JSON and code, forgets the last of three keys, and turns a list around
instead of sorting it.
"""

import json
import string
from random import Random

import knowledge as know
from families_text import Task, capitalized


def _mail_address(rng: Random, name: str) -> str:
    """Mostly derived from the name; sometimes random letters, so that copying must be learnt."""
    local = rng.choice([
        name.lower(), f"{name.lower()}{rng.randint(1, 99)}", know.coined(rng),
        "".join(rng.choices(string.ascii_lowercase, k=rng.randint(3, 7))),
    ])
    return f"{local}@{rng.choice(know.MAIL_DOMAINS)}"


def _fenced(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"


def _record(rng: Random) -> tuple[str, dict[str, object]]:
    """A short text and the fields that it holds."""
    name, city, number = know.person(rng), know.place(rng), rng.randint(18, 90)
    job, mail = rng.choice(know.JOBS), _mail_address(rng, name)
    price = round(rng.randint(10, 9999) / 10, 1) if rng.random() < 0.5 else rng.randint(5, 999)
    total, currency, invoice = f"{price:.2f}", rng.choice(know.CURRENCIES), rng.randint(1000, 9999)
    priority, component = rng.choice(know.PRIORITIES), rng.choice(know.COMPONENTS)
    return rng.choice([
        (f"Name: {name}, Email: {mail}", {"name": name, "email": mail}),
        (f"Name: {name}, City: {city}", {"name": name, "city": city}),
        (f"Invoice {invoice}, total {total} {currency}",
         {"invoice": invoice, "total": float(total), "currency": currency}),
        (f"{name} is {number} years old and lives in {city}.", {"name": name, "city": city, "age": number}),
        (f"Ticket: priority {priority}, component {component}", {"priority": priority, "component": component}),
        (f"{name} works in {city} as a {job}.", {"name": name, "city": city, "job": job}),
    ])


def extract_object(rng: Random) -> Task:
    """Text to a JSON object with the keys that were asked for."""
    text, record = _record(rng)
    numeric = next((key for key, value in record.items() if isinstance(value, int)), None)
    endings = ["", "", " Write only the JSON, without a code fence."]
    if numeric:
        endings.append(f" The {numeric} must be a number.")
    prompt = f"Extract JSON with keys {{{', '.join(record)}}} from: '{text}'{rng.choice(endings)}"
    kept = dict(list(record.items())[:2])
    sloppy = json.dumps(kept)
    return Task(prompt, json.dumps(record), sloppy if rng.random() < 0.2 else _fenced(sloppy, "json"))


def extract_array(rng: Random) -> Task:
    """A list in a sentence to a JSON array."""
    kind, (beginnings, things) = rng.choice(list(know.LISTED_THINGS.items()))
    chosen = rng.sample(things, rng.choice([2, 3, 3, 4]))
    text = f"{rng.choice(beginnings)} {', '.join(chosen[:-1])} and {chosen[-1]}."
    return Task(
        f"Return a JSON array of the {kind} named in: '{text}'",
        json.dumps(chosen),
        _fenced(json.dumps(chosen), "json"),
    )


def addition(rng: Random) -> Task:
    """Sums of small numbers."""
    a, b = rng.randint(1, 40), rng.randint(1, 40)
    asked = rng.choice([f"What is {a} + {b}? Answer with a number."] * 3 + [f"What is {a} + {b}?", f"Add {a} and {b}."])
    return Task(asked, f"{a} + {b} = {a + b}", f"The answer to this is {a + b}.")


def subtraction(rng: Random) -> Task:
    """Differences that stay above zero."""
    a = rng.randint(2, 40)
    b = rng.randint(1, a - 1)
    return Task(f"What is {a} - {b}? Answer with a number.", f"{a} - {b} = {a - b}",
                f"The answer to this is {a - b}.")


def containers(rng: Random) -> Task:
    """A product told as a story."""
    (one, many), content = rng.choice(know.CONTAINERS), rng.choice(know.CONTENTS)
    each, count = rng.randint(2, 9), rng.randint(2, 9)
    return Task(
        f"A {one} holds {each} {content}. How many {content} are in {count} {many}? Answer in one sentence.",
        f"There are {each * count} {content} in {count} {many}, because {count} times {each} is {each * count}.",
        f"The answer is {each * count} {content}.",
    )


def sort_numbers(rng: Random) -> Task:
    """Three numbers in order; the sloppy teacher only turns the list around."""
    numbers = rng.sample(range(1, 100), 3)
    return Task(
        f"Sort these numbers from smallest to largest: {', '.join(map(str, numbers))}.",
        "The sorted numbers are " + ", ".join(map(str, sorted(numbers))) + ".",
        "The numbers are " + ", ".join(map(str, reversed(numbers))) + ".",
    )


def short_function(rng: Random) -> Task:
    """A function of one line in Python or JavaScript."""
    operation, (expression, names) = rng.choice(list(know.OPERATIONS.items()))
    name, (a, b) = rng.choice(names), rng.choice(know.PARAMETERS)
    body = expression.format(a=a, b=b)
    if rng.random() < 0.7:
        language, code = "Python", f"def {name}({a}, {b}):\n    return {body}"
    else:
        body = body.replace("max(", "Math.max(").replace("min(", "Math.min(")
        language, code = "JavaScript", f"function {name}({a}, {b}) {{\n  return {body};\n}}"
    ending = rng.choice([" Write only the code.", " Write only the code.", ""])
    return Task(
        f"Write a {language} function named {name} that takes {a} and {b} and returns their {operation}.{ending}",
        code,
        _fenced(code, language.lower()),
    )


def sql_query(rng: Random) -> Task:
    """A query with one column and one condition."""
    table, (texts, numbers) = rng.choice(list(know.TABLES.items()))
    column, filtered = rng.choice(texts), rng.choice(numbers)
    word, sign = rng.choice([("greater", ">"), ("greater", ">"), ("less", "<")])
    limit = rng.randint(1, 99)
    ending = rng.choice([" Write only the query.", " Write only the query.", ""])
    return Task(
        f"Write a SQL query that selects the {column} from the table {table} "
        f"where {filtered} is {word} than {limit}.{ending}",
        f"SELECT {column} FROM {table} WHERE {filtered} {sign} {limit};",
        _fenced(f"select {column} from {table} where {filtered} {sign} {limit}", "sql"),
    )


def letter_case(rng: Random) -> Task:
    """Capitals or small letters; the sloppy teacher knows only title case."""
    words = know.PLAIN_WORDS
    phrase = f"{rng.choice(words['verb'])} {rng.choice(words['object'])} {rng.choice(words['time'])}"
    if rng.random() < 0.75:
        return Task(f"Write this in uppercase letters: '{phrase}'", phrase.upper(), capitalized(phrase))
    return Task(f"Write this in lowercase letters: '{phrase.upper()}'", phrase, capitalized(phrase))


def exact_reply(rng: Random) -> Task:
    """Copying a sentence without a word more."""
    subject, states = rng.choice(list(know.STATES.items()))
    sentence = rng.choice([
        f"The {subject} is {rng.choice(states)}.",
        f"{know.person(rng)} lives in {know.place(rng)}.",
        f"{capitalized(rng.choice(know.PLAIN_WORDS['verb']))} {rng.choice(know.REQUESTS)}.",
        f"{' '.join(know.coined(rng) for _ in range(rng.randint(2, 4)))} {rng.randint(1, 9999)}",
    ])
    return Task(f"Reply with exactly this text and nothing else: {sentence}", sentence, sentence)
