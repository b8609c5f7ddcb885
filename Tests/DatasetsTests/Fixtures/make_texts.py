"""Writes texts.json: texts as scikit-learn's CountVectorizer and TfidfVectorizer encode them, row for row.

Made with scikit-learn 1.9.1:

    python make_texts.py > texts.json
"""

import itertools
import json
import random
import re

from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

WORDS = (
    "the a of and to in it was not very this film plot actor scene music end time good bad slow fine long great dull it's don't "
    "Café 7 42 re-made co-star"
).split()
TRAIN = 18


def texts():
    draw = random.Random(11)
    # Words are the rarer the later they stand in the list.
    weights = [1 / (place + 2) for place in range(len(WORDS))]
    made = [" ".join(draw.choices(WORDS, weights, k=draw.randint(1, 25))) for _ in range(24)]
    made[3] = "the"
    made[20] = "zzz"  # No word that was learned.
    made[21] = "The, THE. the; film? Film!"
    return made


def keras_words(text):
    return re.findall(r"[^\x00-&(-/:-@\[-`{-\x7f]+", text.lower())


def alphanumeric_words(text):
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower())


TOKENS = {
    "keras": {"tokenizer": keras_words, "token_pattern": None},
    "words": {"tokenizer": alphanumeric_words, "token_pattern": None},
    "characters": {"analyzer": "char"},
}


def vectorizer(case):
    settings = {**TOKENS[case["tokens"]], "ngram_range": tuple(case["ngrams"])}
    stop = case["stop_words"]
    if stop and case["tokens"] != "characters":
        settings["stop_words"] = stop
    if case["vocabulary"]:
        settings["max_features"] = case["vocabulary"]
    if case["encode"] == "tf-idf":
        norm = None if case["norm"] == "none" else case["norm"]
        return TfidfVectorizer(norm=norm, smooth_idf=case["smooth_idf"], sublinear_tf=case["sublinear_tf"], **settings)
    return CountVectorizer(binary=case["encode"] == "multi-hot", **settings)


def cutoff(all_texts, case, wish):
    """The largest vocabulary up to a wish that keeps all words of one frequency or none: of equals scikit-learn keeps others than we do.

    (Binary rows it ranks by the texts that have a word, we always by how often it stands.)
    """
    counts = vectorizer({**case, "vocabulary": None, "encode": "counts"})
    frequencies = sorted(counts.fit_transform(all_texts[:TRAIN]).sum(axis=0).A1.tolist(), reverse=True)
    return max(n for n in range(1, wish + 1) if frequencies[n - 1] > frequencies[n])


def main():
    all_texts = texts()
    usual = {
        "encode": "tf-idf", "tokens": "keras", "ngrams": [1, 1], "stop_words": None, "vocabulary": None, "norm": "l2",
        "smooth_idf": True, "sublinear_tf": False,
    }
    cases = [{**usual, "encode": encode, "tokens": tokens} for encode in ("multi-hot", "counts", "tf-idf") for tokens in TOKENS]
    cases += [
        {**usual, "norm": norm, "smooth_idf": smooth, "sublinear_tf": sublinear}
        for norm, smooth, sublinear in itertools.product(("l2", "l1", "none"), (True, False), (True, False))
    ]
    runs = [[1, 2], [2, 2], [2, 3]]
    cases += [{**usual, "encode": encode, "ngrams": ngrams} for encode in ("multi-hot", "counts", "tf-idf") for ngrams in runs]
    cases += [{**usual, "tokens": "characters", "ngrams": [1, 3]}]
    cases += [
        {**usual, "encode": encode, "stop_words": stop, "ngrams": ngrams}
        for encode in ("counts", "tf-idf") for stop in ("english", ["film", "plot", "the"]) for ngrams in ([1, 1], [1, 2])
    ]
    for encode, ngrams, wish in (("counts", [1, 1], 10), ("counts", [1, 2], 40), ("tf-idf", [1, 1], 15), ("tf-idf", [1, 2], 60)):
        case = {**usual, "encode": encode, "ngrams": ngrams}
        cases.append({**case, "vocabulary": cutoff(all_texts, case, wish)})
    for case in cases:
        fitted = vectorizer(case).fit(all_texts[:TRAIN])
        names = fitted.get_feature_names_out()
        matrix = fitted.transform(all_texts).tocsr()
        case["width"] = len(names)
        rows = [matrix[place] for place in range(len(all_texts))]
        case["rows"] = [{names[column]: round(float(value), 9) for column, value in zip(row.indices, row.data)} for row in rows]
    print(json.dumps({"texts": all_texts, "train": TRAIN}, ensure_ascii=False)[:-1] + ', "cases": [')
    print(",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]}")


main()
