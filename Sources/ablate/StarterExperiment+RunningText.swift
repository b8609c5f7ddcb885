import Documents

extension StarterExperiment {
    /// A first experiment on running text: the next character, by an LSTM that sees those before it.
    var runningText: String {
        let column = PlainValue.text(suggestion.target.column).flowText
        return """
            # A first experiment, made by ablate init from running text. Look at what it guessed, then run it; ablate predict NAME "The " --length 200 goes on writing.
            title: How well does a small network spell?

            dataset: \(dataset.flowText)
            inputs:
              \(column): {encode: tokens, unit: character, length: 40, step: 3}    # 40 characters; the next example begins 3 further on
            target:
              \(column): {encode: next}                          # the character that follows
            split:                                            # the end of the text: no window is in two parts
              test: {fraction: 0.1}
              validation: {fraction: 0.1}

            model:
              layers:
                - one_hot
                - lstm: {units: 64}
                - dense: {units: classes, activation: softmax}
            training:
              loss: sparse_categorical_crossentropy
              optimizer: {rmsprop: {learning_rate: 0.01}}
              batch_size: 128
              epochs: 5
              metrics: [accuracy]
            seeds: 3                                          # three runs of each variant: chance shows in their spread
            baselines: [majority]                             # always the most frequent character

            ablate:
              short: {inputs.\(suggestion.target.column).length: 10}
              narrow: {"model.layers[1].lstm.units": 16}

            """
    }
}
