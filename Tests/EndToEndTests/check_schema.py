"""Holds `ablate schema` to what others make of it: every file that is named is right by it, as readers of YAML 1.1 and of 1.2 read it, and
slips in a right file are found.

pip install jsonschema PyYAML ruamel.yaml; ablate schema > schema.json; python check_schema.py schema.json experiments/*.yaml
"""

import copy
import json
import pathlib
import sys

import jsonschema
import ruamel.yaml
import yaml

BASE = """
title: A right file
dataset: wine
inputs: {"*": {encode: numeric, scale: min-max}}
target: {quality: {encode: numeric}}
split: {validation: {shuffle: pandas, fraction: 0.3}}
model: {mlp: {hidden: [64, 64], activation: relu, output: linear}}
training: {loss: mse, optimizer: {sgd: {learning_rate: 0.1}}, batch_size: 64, epochs: 50, metrics: [mae]}
"""
RIGHT = """
ablate: {a: {training.epochs: 3}}
ablate: {a: {"model.mlp.hidden[0]": 3, training.optimizer.learning_rate: 0.3}}
ablate: {a: {training.optimizer.sgd.learning_rate: 0.3, training.optimizer: adam}}
ablate: {a: {"model.layers[1].units": 3, model.layers.middle.activation: tanh}}
ablate: {a: {model.mlp.hidden: [8], match: parameters}}
ablate: {a: {training.early_stopping: null, "inputs.fixed acidity.scale": standard}}
ablate: {leave_one_out: {a: {training.epochs: 3}}, b: {training.epochs: 4}}
sweep: {grid: {training.epochs: [3, 4], model.mlp.depth: [1, 2]}, set: {training.batch_size: "=2 * depth"}}
sweep: {grid: {width: [3, 4]}, set: {model.mlp.hidden: ["=width"]}, exclude: [{width: [3, 4]}, width > 3]}
sweep: {zip: [{training.epochs: [3, 4], training.batch_size: [1, 2]}], when: {training.epochs: {training.batch_size: 1}}}
sweep: {random: {points: 3, seed: 1, training.optimizer.learning_rate: {log_uniform: [0.1, 1]}}}
split: {validation: {folds: 3, fraction: null}}
split: {validation: {shuffle: true, fraction: 0.3}}
split: {validation: {shuffle: false, fraction: 0.3}}
sweep: {grid: {model.mlp.hidden: [[8], [9]]}, match: parameters}
select: {metric: val_top_5_accuracy}
select: {metric: test_mae}
training: {loss: mse, early_stopping: {monitor: loss}, continue_from: {model: models/one}}
curves: {monitor: val_f1_macro}
"""
WRONG = """
ablate: {a: {training.epohcs: 3}}
ablate: {a: {training.epochs: many}}
ablate: {a: {training.optimizer.adam.rho: 0.3}}
ablate: {a: {model.mlp.activation: rleu, training.epochs: 0}}
ablate: {a: 3}
ablate: {leave_one_out: {a: {training.epohcs: 3}}}
ablate: {factorial: {a: {training.epochs: x}}}
sweep: {grid: {training.epohcs: [3, 4]}}
sweep: {grid: {training.epochs: [many, 4]}}
sweep: {grid: {training.epochs: 4}}
sweep: {zip: {training.epohcs: [3, 4]}}
sweep: {set: {training.epohcs: 3}}
sweep: {when: {training.epohcs: {training.batch_size: 1}}}
sweep: {exclude: [{training.epohcs: 3}]}
sweep: {random: {points: 3, training.epohcs: {uniform: [1, 3]}}}
sweep: {quasi_random: {points: 3, training.epochs: {uniform: [1]}}}
training: {loss: mse, metrics: [acuracy]}
training: {continue_from: {run: abcd, experiment: a}}
training: {optimizer: {sgd: {}, adam: {}}}
split: {validation: {fraction: 0.3, first: 3}}
model: {mlp: {hidden: [3]}, layers: [{dense: {units: 3}}]}
baselines: [meen]
ablate: {a: {model.mlp.hidden: [8], match: size_of_all}}
sweep: {grid: {training.epochs: [3]}, match: all}
sweep: {grid: {training.epochs: [3]}, set: {match: parameters}}
select: {metric: val_acuracy}
training: {loss: mse, early_stopping: {monitor: test_loss}}
training: {loss: mse, reduce_on_plateau: {monitor: val_los}}
ablate: {a: {training.early_stopping.monitor: val_los}}
curves: {monitor: loss}
"""


def readers():
    later = ruamel.yaml.YAML(typ="safe", pure=True)
    later.version = (1, 2)
    return {"1.1": yaml.safe_load, "1.2": later.load}


def main(schema, *files):
    schema = json.loads(pathlib.Path(schema).read_text())
    checker = jsonschema.validators.validator_for(schema)
    checker.check_schema(schema)
    checker, problems = checker(schema), []
    for version, read in readers().items():
        for file in files:
            for error in checker.iter_errors(read(pathlib.Path(file).read_text())):
                problems.append(f"{file}, YAML {version}, {error.json_path}: {error.message[:200]}")
        base = read(BASE)
        for kind, slips in (("right", RIGHT), ("wrong", WRONG)):
            for line in slips.strip().splitlines():
                found = list(checker.iter_errors({**copy.deepcopy(base), **read(line)}))
                if (kind == "right") == bool(found):
                    problems.append(f"{kind}, YAML {version}: {line}" + "".join(f"; {error.message[:200]}" for error in found))
    print("\n".join(problems) or f"{len(files)} files and {len((RIGHT + WRONG).strip().splitlines())} lines are as expected")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
