"""Writes the tables beside it, by SciPy, statsmodels, scikit-learn and NumPy, that hold Sources/Statistics to them. Run: python3 make_fixtures.py"""

import itertools
import pathlib

import numpy
import pandas
import scipy.stats
from sklearn.tree import DecisionTreeRegressor
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import DescrStatsW

# No t near 1e-8: there SciPy itself is wrong in the ninth digit for one degree of freedom.
lines = ["degrees_of_freedom,t,cumulative,upper_tail"]
for degrees in [0.5, 1, 2, 3, 4, 5, 7, 9, 10, 19, 29.5, 30, 99, 1000, 19000, 21000, 1e6]:
    distribution = scipy.stats.t(degrees)
    for t in [0, 1e-3, 0.1, 0.5, 1, 1.5, 2, 2.7764451051977987, 4, 8, 20, 100, 1e4]:
        lines.append(f"{degrees!r},{t!r},{float(distribution.cdf(t))!r},{float(distribution.sf(t))!r}")
(pathlib.Path(__file__).parent / "student_t.csv").write_text("\n".join(lines) + "\n")

lines = ["degrees_of_freedom,p,quantile"]
for degrees in [0.5, 1, 2, 3, 4, 5, 9, 19, 29.5, 99, 1000, 1e6]:
    for p in [1e-10, 1e-4, 0.025, 0.3, 0.5, 0.6, 0.9, 0.95, 0.975, 0.995, 0.9999]:
        lines.append(f"{degrees!r},{p!r},{float(scipy.stats.t.ppf(p, degrees))!r}")
(pathlib.Path(__file__).parent / "student_t_quantiles.csv").write_text("\n".join(lines) + "\n")

lines = ["values,mean,standard_deviation,lower,upper"]
generator = numpy.random.default_rng(1)
for values in [
    [0.81, 0.79, 0.80, 0.795, 0.805],
    [1.0, 2.0],
    [1e9 + 1, 1e9 + 2, 1e9 + 3],
    [-3.5, 0.25, 12.0, 7.5],
    generator.normal(0.8, 0.01, 12).tolist(),
]:
    count = len(values)
    mean, deviation = float(numpy.mean(values)), float(numpy.std(values, ddof=1))
    half = float(scipy.stats.t.ppf(0.975, count - 1)) * deviation * (1 + 1 / count) ** 0.5
    listed = " ".join(repr(value) for value in values)
    lines.append(f"{listed},{mean!r},{deviation!r},{mean - half!r},{mean + half!r}")
(pathlib.Path(__file__).parent / "samples.csv").write_text("\n".join(lines) + "\n")

# Paired tests, families, equivalence: SciPy and statsmodels. A list in a cell is separated by spaces.
def listed(values):
    return " ".join(repr(float(value)) for value in numpy.ravel(values))


lines = ["z,upper_tail,density"]
for z in [-8, -3, -1, 0, 0.3, 1, 1.959963984540054, 3, 6, 12, 30]:
    lines.append(f"{z!r},{float(scipy.stats.norm.sf(z))!r},{float(scipy.stats.norm.pdf(z))!r}")
(pathlib.Path(__file__).parent / "normal.csv").write_text("\n".join(lines) + "\n")

# Mean squares of the two-way analysis without interaction, by statsmodels; the rest from them as Sources/Statistics says.
lines = ["seeds,differences,mean,standard_error,degrees_of_freedom,lower,upper,p"]
for seeds, examples, of_seed, of_example in [(3, 12, 0.1, 1), (4, 5, 2, 0.1), (5, 20, 0.3, 0.3), (10, 7, 0, 0)]:
    table = 0.4 + of_seed * generator.normal(size=(seeds, 1)) + of_example * generator.normal(size=examples)
    table = table + generator.normal(size=(seeds, examples))
    rows = pandas.DataFrame({"d": table.ravel(), "s": numpy.repeat(range(seeds), examples), "i": numpy.tile(range(examples), seeds)})
    squares = anova_lm(ols("d ~ C(s) + C(i)", rows).fit())["mean_sq"]
    s, i, e = (float(squares[name]) for name in ["C(s)", "C(i)", "Residual"])
    part = max(i - e, 0)
    error = ((s + part) / (seeds * examples)) ** 0.5
    doubt = s**2 / (seeds - 1) + (part > 0) * (i**2 / (examples - 1) + e**2 / ((seeds - 1) * (examples - 1)))
    degrees = (s + part) ** 2 / doubt
    mean = float(table.mean())
    lower, upper = scipy.stats.t.interval(0.95, degrees, mean, error)
    p = 2 * scipy.stats.t.sf(abs(mean) / error, degrees)
    lines.append(f"{seeds},{listed(table)},{mean!r},{error!r},{degrees!r},{float(lower)!r},{float(upper)!r},{float(p)!r}")
(pathlib.Path(__file__).parent / "two_way.csv").write_text("\n".join(lines) + "\n")

lines = ["values,t_test_p,equivalence_p,margin,sign_flip_p"]
for values, margin in [
    (generator.normal(0.5, 1, 8), 1.0),
    (generator.normal(0.01, 0.02, 12), 0.03),
    ([1.0, 1.0, -1.0, 2.0, 3.0, 0.0, 1.0, 1.0, -2.0], 2.5),
    (generator.normal(0, 1, 10).round(1), 0.5),
]:
    flips = scipy.stats.permutation_test(
        (values,), numpy.sum, permutation_type="samples", n_resamples=numpy.inf, alternative="two-sided"
    )
    centre = scipy.stats.ttest_1samp(values, 0).pvalue
    equal = DescrStatsW(values).ttost_mean(-margin, margin)[0]
    lines.append(f"{listed(values)},{float(centre)!r},{float(equal)!r},{margin!r},{float(flips.pvalue)!r}")
(pathlib.Path(__file__).parent / "paired_tests.csv").write_text("\n".join(lines) + "\n")

lines = ["p,adjusted"]
for p in [[0.01, 0.04, 0.03, 0.005], [0.2, 0.9, 0.001], generator.uniform(0, 0.1, 9).tolist(), [0.5], [0.02, 0.02, 0.02]]:
    lines.append(f"{listed(p)},{listed(multipletests(p, method='holm')[1])}")
(pathlib.Path(__file__).parent / "holm.csv").write_text("\n".join(lines) + "\n")


# Levels of looks: each bound from the distribution of all looks so far, a multivariate normal one, by draws that are the same for every bound: no
# recursion as in Sources/Statistics. Good to about 1e-4.
lines = ["seeds,levels"]
draws = numpy.random.default_rng(2).normal(size=(8_000_000, 5)).astype(numpy.float32)
for seeds in [[4, 6, 9, 13, 20], [3, 5], [5, 8, 12, 19, 30], [10]]:
    times = numpy.array(seeds) / seeds[-1]
    steps = numpy.sqrt(numpy.diff(times, prepend=0))
    going = numpy.ones(len(draws), bool)
    place = numpy.zeros(len(draws), numpy.float32)
    spent, levels = 0.0, []
    for k, time in enumerate(times):
        place = place + numpy.float32(steps[k]) * draws[:, k]
        spending = 0.05 * numpy.log(1 + (numpy.e - 1) * time)
        leave = round((spending - spent) * len(draws))
        spent = spending
        size = numpy.sort(numpy.abs(place[going]))
        bound = size[-leave]
        going &= numpy.abs(place) < bound
        levels.append(2 * scipy.stats.norm.sf(float(bound) / time**0.5))
    lines.append(f"{' '.join(map(str, seeds))},{listed(levels)}")
(pathlib.Path(__file__).parent / "looks.csv").write_text("\n".join(lines) + "\n")

# Pseudo-values of the area under the curve by leaving each example out.
lines = ["scores,positive,area,pseudo_values"]
for count in [6, 15]:
    positive = numpy.arange(count) % 3 == 0
    scores = (generator.normal(size=count) + positive).round(1) + 0.0

    def area(kept):
        return float(scipy.stats.mannwhitneyu(scores[kept & positive], scores[kept & ~positive]).statistic) / (
            (kept & positive).sum() * (kept & ~positive).sum()
        )

    everyone = numpy.ones(count, bool)
    whole = float(area(everyone))
    values = numpy.array([count * whole - (count - 1) * area(everyone & (numpy.arange(count) != i)) for i in range(count)])
    values += whole - values.mean()
    lines.append(f"{listed(scores)},{listed(positive)},{whole!r},{listed(values)}")
(pathlib.Path(__file__).parent / "pseudo_values.csv").write_text("\n".join(lines) + "\n")

# Shares of a full grid's sum of squares, by statsmodels.
lines = ["levels,means,settings,pairs"]
for levels in [(2, 3), (3, 2, 4), (2, 2, 2, 2)]:
    names = "abcd"[: len(levels)]
    cells = pandas.DataFrame(list(itertools.product(*[range(count) for count in levels])), columns=list(names))
    cells["y"] = generator.normal(size=len(cells)) + cells["a"] + 0.5 * cells["a"] * cells["b"]
    pairs = [f"C({a}):C({b})" for a, b in itertools.combinations(names, 2)]
    singles = [f"C({name})" for name in names]
    # Without the highest interaction a degree of freedom is left over; the grid is balanced, so the shares are the same.
    terms = singles + (pairs if len(levels) > 2 else [])
    table = anova_lm(ols("y ~ " + " + ".join(terms), cells).fit())["sum_sq"]
    whole = float(((cells["y"] - cells["y"].mean()) ** 2).sum())
    together = [table[pair] / whole for pair in pairs] if len(levels) > 2 else [table["Residual"] / whole]
    lines.append(f"{' '.join(map(str, levels))},{listed(cells['y'])},{listed([table[one] / whole for one in singles])},{listed(together)}")
(pathlib.Path(__file__).parent / "factorial.csv").write_text("\n".join(lines) + "\n")

# Shares of Ishigami's function over [-π, π]³: Sobol's, by SciPy from 2^18 points a setting (what is left is that of the first and third together), and those of
# scikit-learn's trees on 3,000 points, each tree's by Sobol's estimate. Trees put less on the second setting: no first split finds a sine squared.
def ishigami(x):
    return numpy.sin(x[0]) + 7 * numpy.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * numpy.sin(x[0])


sides = scipy.stats.uniform(-numpy.pi, 2 * numpy.pi)
indices = scipy.stats.sobol_indices(func=ishigami, n=2**18, dists=[sides] * 3, rng=numpy.random.default_rng(3))
alone = [float(value) for value in indices.first_order]
draws = numpy.random.default_rng(4)
rows = []
for tree in range(60):
    points = draws.uniform(-numpy.pi, numpy.pi, (3000, 3))
    kept = draws.integers(0, 3000, 3000)
    grown = DecisionTreeRegressor(min_samples_leaf=3, random_state=tree).fit(points[kept], ishigami(points[kept].T))
    one, other = draws.uniform(-numpy.pi, numpy.pi, (2, 2**14, 3))
    at_one, at_other = grown.predict(one), grown.predict(other)
    both = numpy.concatenate([at_one, at_other])
    row = []
    for together in [[0], [1], [2], [0, 2]]:
        mixed = other.copy()
        mixed[:, together] = one[:, together]
        row.append(((at_one - both.mean()) * (grown.predict(mixed) - at_other)).mean() / both.var())
    rows.append([*row[:3], row[3] - row[0] - row[2]])
lines = ["first,second,third,first_and_third"]
for values in [[*alone, 1 - sum(alone)], numpy.mean(rows, axis=0)]:
    lines.append(",".join(repr(float(value)) for value in values))
(pathlib.Path(__file__).parent / "ishigami.csv").write_text("\n".join(lines) + "\n")
