extension GoldenProject {
    /// The experiments by their names.
    static let experiments = [
        "activations": activations, "layers": layers, "losses": losses, "optimizers": optimizers, "words": words, "data": data,
        "splits": splits, "products": products, "lines": plainLines, "arrays": arrays,
        "images": images, "sequences": sequences, "letters": letters, "windows": windows,
        "autoencoders": autoencoders, "machines": machines, "pretrained": pretrained, "pairs": pairs,
    ]

    private static let baseline = """
        dataset: {csv: data/table.csv}
        inputs: {a: {encode: numeric, scale: standard}, b: {encode: numeric, scale: min-max}, colour: {encode: one-hot}}
        target: {grade: {encode: one-hot}}
        split: {test: {first: 20}, validation: {first: 20}}
        model: {mlp: {hidden: [9, 5], activation: relu, output: softmax}}
        training: {loss: categorical_crossentropy, optimizer: sgd, batch_size: 16, epochs: 2, metrics: [accuracy]}

        """

    private static let activations =
        baseline
            + """
            ablate:
              linear: {model.mlp.activation: linear}
              sigmoid: {model.mlp.activation: sigmoid}
              tanh: {model.mlp.activation: tanh}
              leaky-relu: {model.mlp.activation: {leaky_relu: {slope: 0.1}}}
              elu: {model.mlp.activation: elu}
              selu: {model.mlp.activation: selu}
              gelu: {model.mlp.activation: gelu}
              silu: {model.mlp.activation: silu}
              softplus: {model.mlp.activation: softplus}
              zeros: {model.mlp.kernel_initializer: zeros}
              uniform: {model.mlp.kernel_initializer: {uniform: {low: -0.1, high: 0.2}}}
              normal: {model.mlp.kernel_initializer: normal}
              glorot-normal: {model.mlp.kernel_initializer: glorot_normal}
              he-uniform: {model.mlp.kernel_initializer: he_uniform}
              he-normal: {model.mlp.kernel_initializer: he_normal}
              lecun-uniform: {model.mlp.kernel_initializer: lecun_uniform}
              lecun-normal: {model.mlp.kernel_initializer: lecun_normal}
              fan-in-normal: {model.mlp.kernel_initializer: {fan_in_normal: {gain: 2}}}
              constant: {model.mlp.kernel_initializer: {constant: 0.05}}
              wide: {model.mlp.hidden: [300, 70]}
              none: {model.mlp.hidden: []}

            """

    /// Sizes that go through the library's products as well as our own.
    private static let products =
        baseline
            + """
            ablate:
              narrow-wide: {model.mlp.hidden: [64, 512]}
              wide-narrow: {model.mlp.hidden: [512, 64]}
              square: {model.mlp.hidden: [256, 256, 256], training.optimizer: rmsprop, training.batch_size: 80}
              odd: {model.mlp.hidden: [333, 77], training.optimizer: adam, training.batch_size: 37}
              normalized: {model: {layers: [repeat: {times: 2, layers: [dense: {units: 320}, batch_norm: {}, activation: relu, dropout: 0.2]}, dense: {units: classes, activation: softmax}]}}
              words: {inputs: {text: {encode: multi-hot, coding: keras}}, model.mlp.hidden: [256, 128], training.optimizer: rmsprop}
            seeds: 2

            """

    private static let layers =
        baseline
            + """
            ablate:
              dropout: {model: {layers: [dense: {units: 12, activation: relu}, dropout: 0.3, dense: {units: classes, activation: softmax}]}}
              batch-norm: {model: {layers: [dense: {units: 12}, batch_norm: {momentum: 0.9}, activation: relu, dense: {units: classes, activation: softmax}]}}
              frozen: {model: {layers: [dense: {units: 12, trainable: false}, batch_norm: {trainable: false}, activation: relu, dense: {units: classes, activation: softmax}]}}
              norm-first: {model: {layers: [batch_norm: {}, dense: {units: 12, activation: relu}, dense: {units: classes, activation: softmax}]}}
              layer-norm: {model: {layers: [dense: {units: 12}, layer_norm: {}, activation: tanh, dense: {units: classes, activation: softmax}]}}
              repeat: {model: {layers: [repeat: {times: 3, layers: [dense: {units: 6, activation: relu}, dropout: 0.1]}, dense: {units: classes, activation: softmax}]}}
              no-bias: {model: {layers: [dense: {units: 12, activation: relu, use_bias: false}, dense: {units: classes, activation: softmax}]}}
              biases: {model: {layers: [dense: {units: 12, activation: relu, bias_initializer: normal}, dense: {units: classes, activation: softmax}]}}
              penalties: {model: {layers: [dense: {units: 12, activation: relu, kernel_regularizer: {l1: 0.001, l2: 0.01}, bias_regularizer: {l2: 0.02}}, dense: {units: classes, activation: softmax}]}}
            seeds: 2

            """

    private static let losses =
        baseline
            + """
            ablate:
              sparse: {target: {grade: {encode: label}}, training.loss: sparse_categorical_crossentropy}
              logits: {training.loss: {categorical_crossentropy: {from_logits: true}}, model.mlp.output: linear}
              sparse-logits: {target: {grade: {encode: label}}, training.loss: {sparse_categorical_crossentropy: {from_logits: true}}, model.mlp.output: linear}
              divergence: {training.loss: kl_divergence}
              multiclass-hinge: {training.loss: multiclass_hinge, model.mlp.output: linear}
              squares-of-classes: {training.loss: mse}
              binary: {target: {answer: {encode: label}}, training.loss: binary_crossentropy, model.mlp.output: sigmoid}
              binary-logits: {target: {answer: {encode: label}}, training.loss: {binary_crossentropy: {from_logits: true}}, model.mlp.output: linear}
              shares: {target: {share: {encode: numeric}}, training.loss: binary_crossentropy, model.mlp.output: sigmoid, training.metrics: [mae]}
              hinge: {target: {answer: {encode: label}}, training.loss: hinge, model.mlp.output: linear}
              squares: {target: {y: {encode: numeric, scale: standard}}, training.loss: mse, model.mlp.output: linear, training.metrics: [mae, rmse, r2]}
              absolute: {target: {y: {encode: numeric, scale: min-max}}, training.loss: mae, model.mlp.output: linear, training.metrics: [mse]}
              huber: {target: {y: {encode: numeric, scale: {divide_by: 100}}}, training.loss: {huber: {delta: 0.5}}, model.mlp.output: linear, training.metrics: [mae]}
              weighted: {training.class_weight: {low: 2, high: 0.5}}
              balanced: {target: {answer: {encode: label}}, training.loss: binary_crossentropy, model.mlp.output: sigmoid, training.class_weight: balanced}
              metrics: {training.metrics: [accuracy, {top_k_accuracy: {k: 2}}, precision_macro, recall_micro, f1_macro, log_loss]}
              metrics-of-two: {target: {answer: {encode: label}}, training.loss: binary_crossentropy, model.mlp.output: sigmoid, training.metrics: [{binary_accuracy: {threshold: 0.4}}, precision, recall, f1, roc_auc]}

            """

    /// Settings of optimizers by name, that dense and sparse kernels both go through.
    private static let everyOptimizer = """
          momentum: {training.optimizer: {sgd: {learning_rate: 0.05, momentum: 0.9}}}
          nesterov: {training.optimizer: {sgd: {learning_rate: 0.05, momentum: 0.9, nesterov: true}}}
          rmsprop: {training.optimizer: rmsprop}
          rmsprop-momentum: {training.optimizer: {rmsprop: {rho: 0.8, momentum: 0.5, epsilon: 0.001}}}
          rmsprop-centered: {training.optimizer: {rmsprop: {centered: true}}}
          adam: {training.optimizer: adam}
          adamw: {training.optimizer: {adamw: {weight_decay: 0.01, beta_1: 0.8}}}
          adagrad: {training.optimizer: {adagrad: {learning_rate: 0.05}}}
          adamax: {training.optimizer: {adamax: {learning_rate: 0.01, beta_2: 0.99}}}
          exponential: {training.optimizer: {rmsprop: {learning_rate: {exponential_decay: {initial: 0.01, steps: 3, rate: 0.7}}}}}
          staircase: {training.optimizer: {sgd: {learning_rate: {exponential_decay: {initial: 0.1, steps: 3, rate: 0.7, staircase: true}}}}}
          cosine: {training.optimizer: {adam: {learning_rate: {cosine_decay: {initial: 0.001, steps: 8, alpha: 0.1, warmup_target: 0.01, warmup_steps: 3}}}}}
          piecewise: {training.optimizer: {sgd: {learning_rate: {piecewise_constant: {boundaries: [3, 6], values: [0.1, 0.05, 0.01]}}}}}
          clipped: {training.gradient_clipping: {value: 0.01}}
          clipped-norm: {training.gradient_clipping: {norm: 0.1}, training.optimizer: rmsprop}
          clipped-global: {training.gradient_clipping: {global_norm: 0.1}, training.optimizer: adam}
          norms: {training.gradient_norms: true}
          large-batches: {training.batch_size: 64}
          single: {training.batch_size: 1, training.optimizer: rmsprop}

        """

    private static let optimizers =
        baseline + "ablate:\n" + everyOptimizer
            + """
              plateau: {training.epochs: 8, training.reduce_on_plateau: {monitor: val_loss, factor: 0.5, patience: 1, min_delta: 0.05}}
              stopping: {training.epochs: 12, training.optimizer: {rmsprop: {learning_rate: 0.05}}, training.early_stopping: {patience: 2, restore_best_weights: true}}

            """

    private static let words =
        baseline.replacing(
            "{a: {encode: numeric, scale: standard}, b: {encode: numeric, scale: min-max}, colour: {encode: one-hot}}",
            with: "{text: {encode: multi-hot, coding: keras}}") + "ablate:\n" + everyOptimizer
            + """
              penalty: {model.mlp.kernel_regularizer: {l2: 0.01}}
              no-hidden: {model.mlp.hidden: []}
              rare: {inputs: {text: {encode: multi-hot, coding: keras, minimum_count: 40}}}
              skipped: {inputs: {text: {encode: multi-hot, coding: keras, skip_top: 2}}}
              characters: {inputs: {text: {encode: multi-hot, coding: keras, tokens: characters}}}
              plain-words: {inputs: {text: {encode: multi-hot, coding: keras, tokens: words}}}
              beside: {inputs: {text: {encode: multi-hot, coding: keras}, a: {encode: numeric, scale: standard}}}

            """

    private static let data =
        baseline
            + """
            ablate:
              labels: {inputs: {colour: {encode: label}, a: {encode: numeric}}}
              drop-first: {inputs: {colour: {encode: one-hot, drop_first: true}, a: {encode: numeric, scale: standard}}}
              parts: {inputs: {tags: {encode: multi-hot, separator: ";"}}}
              filled: {inputs: {gaps: {encode: numeric, scale: standard, missing: mean}}}
              most-frequent: {inputs: {gaps: {encode: numeric, scale: min-max, missing: most_frequent}}}
              value: {inputs: {gaps: {encode: numeric, missing: 0.5}}}
              left-out: {inputs: {gaps: {encode: numeric, missing: drop}}}
              all-rows: {inputs: {a: {encode: numeric, scale: standard, fit: all}}}
              auto: {inputs: {a: {encode: auto, scale: min-max}, colour: {encode: auto}}}

            """

    private static let splits =
        baseline
            + """
            ablate:
              tail: {split: {validation: {fraction: 0.3}}}
              philox: {split: {test: {shuffle: true, seed: 3, fraction: 0.25}, validation: {shuffle: true, fraction: 0.25}}}
              numpy: {split: {test: {shuffle: numpy, seed: 7, fraction: 0.2}, validation: {first: 20}}}
              pandas: {split: {validation: {shuffle: pandas, seed: 1, fraction: 0.3}}}
              scikit-learn: {split: {validation: {shuffle: scikit-learn, seed: 2, fraction: 0.3}}}
              scikit-learn-stratified: {split: {validation: {shuffle: scikit-learn, seed: 2, fraction: 0.3, stratify: true}}}
              stratified: {split: {validation: {shuffle: true, seed: 2, fraction: 0.3, stratify: true}}}
              by-column: {split: {test: {column: part, values: [late]}, validation: {column: part, values: [held]}}}

            """

    private static let plainLines = """
        dataset: {lines: data/lines.txt}
        inputs: {text: {encode: multi-hot, coding: keras, fit: folds}}
        target: {class: {encode: label}}
        split: {validation: {folds: 3, kind: stratified, seed: 4}}
        model: {mlp: {hidden: [4], activation: relu, output: sigmoid}}
        training: {loss: binary_crossentropy, optimizer: rmsprop, batch_size: 8, epochs: 2, metrics: [accuracy]}

        """

    private static let arrays = """
        dataset: {numpy: data/points.npy}
        inputs: {"*": {encode: numeric}}
        target: {column4: {encode: numeric}}
        split: {validation: {folds: 4, kind: shuffled}}
        model: {mlp: {hidden: [4], activation: tanh, output: linear}}
        training: {loss: mse, optimizer: adam, batch_size: 8, epochs: 2, metrics: [mae]}

        """
}
