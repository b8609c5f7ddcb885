extension GoldenProject {
    private static let pixelsAsInputs = """
        dataset: {csv: data/pixels.csv}
        inputs: {"*": {encode: image, height: 8, width: 8, scale: {divide_by: 255}}}
        target: inputs
        labels: class
        split: {validation: {first: 10}}

        """

    /// Networks that give their inputs again.
    static let autoencoders =
        pixelsAsInputs
            + """
            model: {autoencoder: {encoder: [dense: {units: 20, activation: relu}], code: 5, output: sigmoid}}
            training: {loss: binary_crossentropy, optimizer: adam, batch_size: 12, epochs: 2, metrics: [mse]}
            ablate:
              tied: {model.autoencoder.tied: true}
              summed: {training.loss: {binary_crossentropy: {reduction: sum}}, training.optimizer: rmsprop}
              squares: {training.loss: mse, model.autoencoder.output: linear}
              noise: {training.augment: {noise: 0.5, clip: [0, 1]}}
              masks: {training.augment: {mask: 0.3}}
              noise-layer: {model.autoencoder.encoder: [gaussian_noise: {stddev: 0.2}, dense: {units: 20, activation: relu}]}
              mask-layer: {model.autoencoder.encoder: [masking_noise: {rate: 0.3}, dense: {units: 20, activation: relu}]}
              sparse: {model.autoencoder.encoder: [dense: {units: 20, activation: relu, activity_regularizer: {l1: 0.001}}]}
              sparse-divergence: {model.autoencoder.encoder: [dense: {units: 20, activation: sigmoid, activity_regularizer: {kl: {target: 0.1}}}]}
              contractive: {model.autoencoder.encoder: [dense: {units: 20, activation: sigmoid, contractive_regularizer: 0.01}]}
              variational: {model.autoencoder.code: {variational: {units: 3, kl_weight: 0.5}}, training.loss: {binary_crossentropy: {reduction: sum}}}

            """

    /// Restricted Boltzmann machines, of bits and of numbers.
    static let machines =
        pixelsAsInputs
            + """
            model: {layers: [rbm: {units: 12}]}
            training: {loss: {contrastive_divergence: {steps: 1}}, optimizer: {sgd: {learning_rate: 0.05}}, batch_size: 12, epochs: 2}
            ablate:
              three-steps: {training.loss.contrastive_divergence.steps: 3}
              persistent: {training.loss.contrastive_divergence.persistent: true}
              drawn: {training.loss.contrastive_divergence.visible: states}
              sparse: {training.loss.contrastive_divergence.sparsity: {target: 0.1, weight: 1}}
              momentum: {training.optimizer: {sgd: {learning_rate: 0.01, momentum: 0.8}}}
              wide: {model: {layers: [rbm: {units: 33}]}}
              gaussian: {model: {layers: [rbm: {units: 12, visible: gaussian}]}, training.optimizer.sgd.learning_rate: 0.001}

            """

    /// Networks whose layers are trained one by one before the whole is.
    static let pretrained = """
        dataset: {csv: data/pixels.csv}
        inputs: {"*": {encode: image, height: 8, width: 8, scale: {divide_by: 255}}}
        target: {class: {encode: label}}
        split: {validation: {first: 10}}
        model: {mlp: {hidden: [20, 9], activation: sigmoid, output: softmax}}
        training: {loss: sparse_categorical_crossentropy, optimizer: adam, batch_size: 12, epochs: 2, metrics: [accuracy], pretrain: {epochs: 2, batch_size: 12, learning_rate: 0.05}}
        ablate:
          few-labels: {training.labelled: 15}
          one-layer: {model.mlp.hidden: [20]}

        """

    /// Two networks against each other.
    static let pairs =
        pixelsAsInputs
            + """
            model:
              generator: {noise: 6, layers: [dense: {units: 20, activation: {leaky_relu: {slope: 0.2}}}, dense: {units: 64, activation: sigmoid}]}
              discriminator: {layers: [dense: {units: 20, activation: {leaky_relu: {slope: 0.2}}}, dense: {units: 1}]}
            training: {loss: non_saturating, optimizer: {adam: {learning_rate: 0.001, beta_1: 0.5}}, batch_size: 12, epochs: 3}
            ablate:
              smoothed: {training.loss: {non_saturating: {label_smoothing: 0.1}}}
              least-squares: {training.loss: least_squares}
              clipped: {training.loss: {wasserstein: {clip: 0.01}}, training.optimizer: rmsprop, training.steps.discriminator: 3}
              penalty: {training.loss: {wasserstein: {gradient_penalty: 10}}, training.steps.discriminator: 2}
              two-rates: {training.discriminator_optimizer: sgd, training.steps.generator: 2}
              told-the-class: {model.generator.conditional: true}

            """
}
