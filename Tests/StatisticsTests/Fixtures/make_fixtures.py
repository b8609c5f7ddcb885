"""Writes the tables beside it, by SciPy and NumPy, that hold Sources/Statistics to them. Run: python3 make_fixtures.py"""

import pathlib

import numpy
import scipy.stats

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
