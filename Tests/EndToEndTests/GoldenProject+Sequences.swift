extension GoldenProject {
    private static let last = "dense: {units: classes, activation: softmax}"

    /// Images of one channel and of two, small ones and such as fill vectors of channels.
    static let images = """
        dataset: {csv: data/pixels.csv}
        inputs: {"*": {encode: image, height: 8, width: 8, scale: {divide_by: 255}}}
        target: {class: {encode: one-hot}}
        split: {test: {first: 10}, validation: {first: 10}}
        model: {layers: [conv2d: {filters: 6, kernel_size: 3, activation: relu}, max_pooling2d, flatten, dropout: 0.3, \(last)]}
        training: {loss: categorical_crossentropy, optimizer: sgd, batch_size: 12, epochs: 2, metrics: [accuracy]}
        ablate:
          lenet: {model: {layers: [conv2d: {filters: 6, kernel_size: 5, padding: same, activation: tanh}, average_pooling2d, conv2d: {filters: 16, kernel_size: 3, activation: tanh}, flatten, \(last)]}}
          wide: {training.optimizer: adam, model: {layers: [conv2d: {filters: 32, kernel_size: 3, activation: relu}, max_pooling2d, conv2d: {filters: 64, kernel_size: 3, activation: relu}, global_average_pooling2d, \(last)]}}
          odd: {training.batch_size: 7, model: {layers: [conv2d: {filters: 17, kernel_size: [3, 2], strides: [2, 1], activation: elu}, conv2d: {filters: 33, kernel_size: 2, strides: 2, padding: same}, global_max_pooling2d, \(last)]}}
          dilated: {model: {layers: [conv2d: {filters: 5, kernel_size: 3, dilation_rate: 2, activation: relu}, max_pooling2d: {pool_size: 3, strides: 1}, flatten, \(last)]}}
          groups: {model: {layers: [conv2d: {filters: 8, kernel_size: 3, use_bias: false}, conv2d: {filters: 12, kernel_size: 3, groups: 4, activation: relu}, flatten, \(last)]}}
          channels: {inputs: {"*": {encode: image, height: 8, width: 4, channels: 2, scale: {divide_by: 255}}}, training.optimizer: rmsprop}
          points: {model: {layers: [conv2d: {filters: 16, kernel_size: 1, activation: relu}, conv2d: {filters: 40, kernel_size: 1}, average_pooling2d: {pool_size: [2, 3], padding: same}, flatten, \(last)]}}
          depthwise: {model: {layers: [conv2d: {filters: 9, kernel_size: 3}, depthwise_conv2d: {kernel_size: 3, depth_multiplier: 2, padding: same, activation: relu}, flatten, \(last)]}}
          transposed: {model: {layers: [conv2d: {filters: 6, kernel_size: 3, strides: 2, activation: relu}, conv2d_transpose: {filters: 4, kernel_size: 3, strides: 2, padding: same}, flatten, \(last)]}}
          enlarged: {model: {layers: [conv2d: {filters: 4, kernel_size: 3, activation: relu}, up_sampling2d, zero_padding2d: {padding: 1}, spatial_dropout2d: {rate: 0.3}, conv2d: {filters: 4, kernel_size: 3}, global_average_pooling2d, \(last)]}}
          enlarged-bilinear: {model: {layers: [conv2d: {filters: 3, kernel_size: 3, activation: relu}, up_sampling2d: {size: [2, 3], interpolation: bilinear}, conv2d: {filters: 4, kernel_size: 3}, global_average_pooling2d, \(last)]}}
          normalized: {model: {layers: [conv2d: {filters: 8, kernel_size: 3}, batch_norm, activation: relu, conv2d: {filters: 8, kernel_size: 3}, layer_norm, activation: relu, flatten, \(last)]}}
          residual: {model: {layers: [conv2d: {filters: 8, kernel_size: 3, padding: same, activation: relu}, residual: [conv2d: {filters: 8, kernel_size: 3, padding: same, activation: relu}], residual: [conv2d: {filters: 12, kernel_size: 3, strides: 2, padding: same}], flatten, \(last)]}}
          augmented: {training.augment: {shift: 2, flip: horizontal, rotate: 10, zoom: 0.1, noise: 0.05, cutout: 2}}
          frozen: {model: {layers: [conv2d: {filters: 6, kernel_size: 3, activation: relu, trainable: false}, max_pooling2d, flatten, \(last)]}}
          reshaped: {model: {layers: [reshape: [4, 16], lstm: {units: 6}, \(last)]}}
          clipped: {training.gradient_clipping: {global_norm: 0.1}, training.optimizer: adam}
          norms: {training.gradient_norms: true}

        """

    /// Words in their order.
    static let sequences = """
        dataset: {csv: data/table.csv}
        inputs: {text: {encode: tokens, length: 7}}
        target: {grade: {encode: one-hot}}
        split: {test: {first: 20}, validation: {first: 20}}
        model: {layers: [embedding: {output_dim: 6}, lstm: {units: 8}, \(last)]}
        training: {loss: categorical_crossentropy, optimizer: adam, batch_size: 16, epochs: 2, metrics: [accuracy]}
        ablate:
          gru: {model: {layers: [embedding: {output_dim: 6}, gru: {units: 8}, \(last)]}}
          gru-before: {model: {layers: [embedding: {output_dim: 6}, gru: {units: 8, reset_after: false}, \(last)]}}
          simple: {model: {layers: [embedding: {output_dim: 6}, simple_rnn: {units: 8}, \(last)]}}
          simple-relu: {model: {layers: [embedding: {output_dim: 6}, simple_rnn: {units: 5, activation: relu, go_backwards: true}, \(last)]}}
          lstm-masked: {model: {layers: [embedding: {output_dim: 6, mask_zero: true}, lstm: {units: 8}, \(last)]}}
          gru-masked: {model: {layers: [embedding: {output_dim: 6, mask_zero: true}, gru: {units: 8}, \(last)]}}
          simple-masked: {model: {layers: [embedding: {output_dim: 6, mask_zero: true}, simple_rnn: {units: 8}, \(last)]}}
          masked-average: {model: {layers: [embedding: {output_dim: 6, mask_zero: true}, global_average_pooling1d, \(last)]}}
          both-ways: {model: {layers: [embedding: {output_dim: 6, mask_zero: true}, bidirectional: {lstm: {units: 5}}, \(last)]}}
          both-ways-added: {model: {layers: [embedding: {output_dim: 6}, bidirectional: {gru: {units: 5, return_sequences: true}, merge_mode: sum}, flatten, \(last)]}}
          deep: {model: {layers: [embedding: {output_dim: 6, mask_zero: true}, lstm: {units: 6, return_sequences: true}, gru: {units: 6, return_sequences: true}, simple_rnn: {units: 6}, \(last)]}}
          wide: {training.batch_size: 33, model: {layers: [embedding: {output_dim: 24}, lstm: {units: 40}, \(last)]}}
          wide-gru: {training.batch_size: 33, model: {layers: [embedding: {output_dim: 24}, gru: {units: 37}, \(last)]}}
          wide-simple: {training.batch_size: 33, model: {layers: [embedding: {output_dim: 24}, simple_rnn: {units: 64}, \(last)]}}
          dropped: {model: {layers: [embedding: {output_dim: 6}, spatial_dropout1d: {rate: 0.2}, lstm: {units: 8, dropout: 0.2, recurrent_dropout: 0.3, unit_forget_bias: false}, \(last)]}}
          dropped-gru: {model: {layers: [embedding: {output_dim: 6}, gru: {units: 8, dropout: 0.2, recurrent_dropout: 0.3}, \(last)]}}
          each: {model: {layers: [embedding: {output_dim: 6}, simple_rnn: {units: 6, return_sequences: true}, time_distributed: {dense: {units: 4, activation: tanh}}, batch_norm, layer_norm, global_max_pooling1d, \(last)]}}
          conv1d: {model: {layers: [embedding: {output_dim: 6}, conv1d: {filters: 8, kernel_size: 3, activation: relu}, global_max_pooling1d, \(last)]}}
          conv1d-causal: {model: {layers: [embedding: {output_dim: 6}, conv1d: {filters: 8, kernel_size: 2, padding: causal, dilation_rate: 2, activation: relu}, average_pooling1d, flatten, \(last)]}}
          conv1d-groups: {model: {layers: [embedding: {output_dim: 6}, conv1d: {filters: 9, kernel_size: 3, padding: same, strides: 2, groups: 3}, max_pooling1d, flatten, \(last)]}}
          conv1d-wide: {model: {layers: [embedding: {output_dim: 32}, conv1d: {filters: 64, kernel_size: 5, activation: relu}, global_max_pooling1d, \(last)]}}
          momentum: {training.optimizer: {sgd: {learning_rate: 0.05, momentum: 0.9}}}
          penalty: {model: {layers: [embedding: {output_dim: 6, embeddings_regularizer: {l2: 0.01}}, lstm: {units: 8, recurrent_regularizer: {l1: 0.001}}, \(last)]}}
          steps: {training.gradient_norms: steps}

        """

    /// Characters that tell the next.
    static let letters = """
        dataset: {text: data/story.txt}
        inputs: {text: {encode: tokens, unit: character, length: 9, step: 2}}
        target: {text: {encode: next}}
        split: {test: {fraction: 0.1}, validation: {fraction: 0.1}}
        model: {layers: [one_hot, lstm: {units: 12}, \(last)]}
        training: {loss: sparse_categorical_crossentropy, optimizer: rmsprop, batch_size: 16, epochs: 2, metrics: [accuracy]}
        ablate:
          embedded: {model: {layers: [embedding: {output_dim: 5}, gru: {units: 12}, \(last)]}}
          deep: {model: {layers: [one_hot, lstm: {units: 12, return_sequences: true}, lstm: {units: 12}, \(last)]}}
          hot-simple: {model: {layers: [one_hot, simple_rnn: {units: 12}, \(last)]}}
          flat: {model: {layers: [one_hot, flatten, \(last)]}}
          each: {target: {text: {encode: next, each: true}}, model: {layers: [one_hot, lstm: {units: 12, return_sequences: true}, \(last)]}}
          each-embedded: {target: {text: {encode: next, each: true}}, model: {layers: [embedding: {output_dim: 5}, gru: {units: 9, return_sequences: true}, dropout: 0.2, \(last)]}}

        """

    /// Numbers that follow each other.
    static let windows = """
        dataset: {csv: data/series.csv}
        inputs: {y: {encode: window, length: 8, scale: standard}}
        target: {y: {encode: numeric, scale: standard}}
        split: {order: at, test: {last: 12}, validation: {last: 12}}
        model: {layers: [lstm: {units: 6}, dense: {units: 1}]}
        training: {loss: mse, optimizer: adam, batch_size: 16, epochs: 2, metrics: [mae]}
        ablate:
          gru: {model: {layers: [gru: {units: 6}, dense: {units: 1}]}}
          simple: {model: {layers: [simple_rnn: {units: 6}, dense: {units: 1}]}}
          conv1d: {model: {layers: [conv1d: {filters: 5, kernel_size: 3, activation: relu}, flatten, dense: {units: 1}]}}
          far: {inputs: {y: {encode: window, length: 5, horizon: 3, step: 2, scale: min-max}}}
          dense: {model: {mlp: {hidden: [6], activation: tanh, output: linear}}}

        """
}
