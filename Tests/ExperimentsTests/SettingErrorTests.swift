import Documents
import Experiments
import Settings
import Testing

/// What is wrong in the settings: one slip in a right file, and what is said about it.
struct SettingErrorTests {
    @Test func aRightFileHasNoErrors() {
        #expect(errors(base) == [])
        #expect(errors(perceptron) == [])
    }

    @Test(arguments: [
        ("relu", "rleu", "8:38 unknown activation \"rleu\" | did you mean \"relu\"?"),
        (
            "softmax", "true",
            "9:43 unknown activation \"true\" | known activations: linear, relu, sigmoid, tanh, softmax, leaky_relu, elu, selu, gelu, silu, softplus, step"
        ),
        ("units: 64", "units: 0", "8:22 units must be between 1 and 1,000,000, found 0"),
        ("units: 64", "units: many", "8:22 unknown width \"many\" | known widths: classes"),
        ("units: 64", "units: 6.5", "8:22 units must be a whole number, found 6.5"),
        ("units: 64, ", "", "8:14 missing key \"units\" in dense | add \"units: …\", a whole number or \"classes\""),
        (
            "units: 64, ", "unit: 64, ",
            "8:15 unknown key \"unit\" in dense | did you mean \"units\"? known keys: activation, activity_regularizer, bias_initializer, bias_regularizer, contractive_regularizer, kernel_initializer, kernel_regularizer, name, trainable, units, use_bias"
        ),
        ("dense: {units: 64", "dens: {units: 64", "8:7 unknown layer \"dens\" | did you mean \"dense\"?"),
        (
            "dense: {units: 64", "conv_2d: {units: 64",
            "8:7 unknown layer \"conv_2d\" | did you mean \"conv2d\"?"
        ),
        ("name: middle", "name: a.b", "8:50 the name \"a.b\" holds other than letters, digits, _ and -"),
        (
            "name: middle", "kernel_initializer: {uniform: {low: 1, high: 0}}",
            "8:80 low must be below high"
        ),
        (
            "name: middle", "kernel_initializer: he",
            "8:64 unknown initializer \"he\" | known initializers: zeros, uniform, normal, glorot_uniform, glorot_normal, he_uniform, he_normal, lecun_uniform, lecun_normal, fan_in_normal, orthogonal, constant"
        ),
        (
            "epochs", "epoch",
            "13:3 unknown key \"epoch\" in training | did you mean \"epochs\"? known keys: augment, augment_validation, batch_size, class_weight, clusters, continue_from, discriminator_optimizer, early_stopping, epochs, freeze, gradient_clipping, gradient_norms, judge, labelled, loss, metrics, optimizer, pretrain, reduce_on_plateau, steps, tensorboard, threshold"
        ),
        ("epochs: 5", "epochs: 0", "13:11 epochs must be between 1 and 1,000,000, found 0"),
        ("epochs: 5", "epochs: \"5\"", "13:11 epochs must be a whole number, found \"5\" | leave out the quotes"),
        ("epochs: 5", "epochs: 1,000", "13:11 epochs must be a whole number, found \"1,000\" | write it without separators: 1000"),
        ("epochs: 5", "batch_size: -1", "13:15 batch_size must be between 1 and 1,000,000, found -1"),
        ("learning_rate: 0.01", "learning_rate: 0", "12:40 learning_rate must be above 0, found 0"),
        ("learning_rate: 0.01", "rho: 1", "12:30 rho must be 0 or more and below 1, found 1"),
        (
            "learning_rate: 0.01", "lr: 1",
            "12:25 unknown key \"lr\" in rmsprop | did you mean \"learning_rate\"? known keys: centered, epsilon, learning_rate, momentum, rho"
        ),
        (
            "{rmsprop: {learning_rate: 0.01}}", "{adamax: {rho: 1}}",
            "12:24 unknown key \"rho\" in adamax | known keys: beta_1, beta_2, epsilon, learning_rate"
        ),
        ("{rmsprop: {learning_rate: 0.01}}", "rmspropp", "12:14 unknown optimizer \"rmspropp\" | did you mean \"rmsprop\"?"),
        (
            "{rmsprop: {learning_rate: 0.01}}", "{sgd: {}, adam: {}}",
            "12:24 optimizer must be one optimizer, found sgd and adam | keep one of them"
        ),
        (
            "{rmsprop: {learning_rate: 0.01}}", "{momentum: 0.5}",
            "12:15 unknown optimizer \"momentum\" | name the optimizer first, such as {sgd: {momentum: …}}"
        ),
        (
            "loss: categorical_crossentropy", "loss: crossentropy",
            "11:9 unknown loss \"crossentropy\" | known losses: mean_squared_error, mean_absolute_error, huber, hinge, multiclass_hinge, kl_divergence, binary_crossentropy, categorical_crossentropy, sparse_categorical_crossentropy, contrastive_divergence, non_saturating, least_squares, wasserstein"
        ),
        (
            "loss: categorical_crossentropy", "loss: {mse: {from_logits: true}}",
            "11:16 unknown key \"from_logits\" in mean_squared_error | known keys: reduction"
        ),
        (
            "loss: categorical_crossentropy", "loss: {binary_crossentropy: {from_logits: yes}}",
            "11:45 from_logits must be true or false, found \"yes\" | write true"
        ),
        ("metrics: [accuracy]", "metrics: accuracy", "14:12 metrics must be a list, found \"accuracy\" | write [accuracy]"),
        ("metrics: [accuracy]", "metrics: [acuracy]", "14:13 unknown metric \"acuracy\" | did you mean \"accuracy\"?"),
        (
            "title: Base?", "baselines: [linear]",
            "1:13 linear needs a numeric target, the target \"topic\" has classes | write logistic"
        ),
        (
            "title: Base?", "baselines: [majority, tree]",
            "1:23 tree needs dense columns, the input \"text\" is multi-hot | write logistic or linear_svm"
        ),
        (
            "title: Base?", "baselines: [{pca: {components: 3}}]",
            "1:13 pca gives the inputs back, the target \"topic\" is a column | write target: inputs, or leave it out"
        ),
        (
            "title: Base?", "baselines: [{kmeans: {clusters: 0}}]",
            "1:33 clusters must be between 1 and 1,000,000, found 0"
        ),
        (
            "title: Base?", "baselines: [{logistic: {c: -1}}]",
            "1:28 c must be above 0, at most 1,000,000,000,000, found -1"
        ),
        (
            "title: Base?", "baselines: [{linear_svm: {c: 1}}, linear_svm]", "1:12 baselines name one twice | name each once"
        ),
        ("title: Base?", "baselines: [majority, majority]", "1:12 baselines name one twice | name each once"),
        ("metrics: [accuracy]", "metrics: [acc, accuracy]", "14:12 metrics name a figure twice | name each once"),
        ("metrics: [accuracy]", "metrics: [{top_k_accuracy: {k: 0}}]", "14:34 k must be between 1 and 1,000,000, found 0"),
        ("metrics: [accuracy]", "early_stopping: {monitor: val_los}", "14:29 unknown figure \"val_los\" | did you mean \"val_loss\"?"),
        ("first: 10", "first: ten", "5:29 first must be a whole number, found \"ten\""),
        ("first: 10", "first: 10, fraction: 0.2", "5:33 \"first\" and \"fraction\" exclude each other in validation | keep one of them"),
        ("first: 10", "seed: 3", "5:21 missing key in validation | write one of fraction, first, last, column, folds"),
        (
            "first: 10", "frist: 10",
            "5:22 unknown key \"frist\" in validation | did you mean \"first\"? known keys: column, first, folds, fraction, kind, last, repeats, seed, shuffle, stratify, values"
        ),
        ("first: 10", "first: 10, seed: 3", "5:39 a seed has no effect without shuffle | add shuffle, or leave out seed"),
        ("first: 10", "first: 10, shuffle: pandas", "5:29 pandas' sample goes with a fraction | write fraction"),
        ("first: 10", "fraction: 1.5", "5:32 fraction must be above 0 and below 1, found 1.5"),
        ("first: 10", "folds: 4, shuffle: numpy", "5:41 shuffle has no effect with folds | write kind: shuffled"),
        ("first: 10", "folds: 4, seed: 2", "5:38 a seed has no effect with contiguous folds | leave it out, or write kind: shuffled"),
        ("first: 10", "first: 10, kind: shuffled", "5:39 kind goes with folds | write shuffle"),
        ("first: 10", "folds: 1", "5:29 folds must be between 2 and 1,000, found 1"),
        (
            "dataset: reuters", "dataset:",
            "2:9 dataset must be a catalogue entry's name or {csv: …} or {jsonl: …} or {numpy: …} or {lines: …} or {folder: …} or {text: …} or {images: …} or {idx: …} or {features: …}, found nothing"
        ),
        ("dataset: reuters", "dataset: {cvs: x.csv}", "2:11 unknown dataset \"cvs\" | did you mean \"csv\"?"),
        ("dataset: reuters", "dataset: {csv: {path: x.csv, delimiter: ab}}", "2:41 delimiter must be one character of ASCII, found \"ab\""),
        ("encode: multi-hot", "encode: multihot", "3:25 unknown encoding \"multihot\" | did you mean \"multi-hot\"?"),
        (
            "encode: multi-hot, vocabulary", "vocabulary",
            "3:16 missing key \"encode\" in text | one of label, one-hot, multi-hot, counts, tf-idf, tokens, next, numeric, image, window, ordinal, yes-no, date, auto"
        ),
        (
            "vocabulary: 100", "ngrams: 2",
            "3:44 ngrams must be a list, found 2 | write [2]"
        ),
        (
            "vocabulary: 100", "ngrams: [2, 1]",
            "3:44 ngrams must be two whole numbers, the smaller first | write [1, 2] for single words and pairs"
        ),
        (
            "vocabulary: 100", "ngram_range: [1, 2]",
            "3:36 unknown key \"ngram_range\" in multi-hot | did you mean \"ngrams\"? known keys: coding, fit, minimum_count, ngrams, separator, skip_top, stop_words, tokens, vocabulary"
        ),
        (
            "vocabulary: 100", "coding: keras, stop_words: english",
            "3:63 stop_words and coding: keras do not go together | keep one of them"
        ),
        (
            "vocabulary: 100", "separator: ;, ngrams: [1, 2]",
            "3:58 ngrams goes with words, separator with categories | keep one of them"
        ),
        (
            "vocabulary: 100", "stop_words: French",
            "3:48 unknown word list \"French\" | known word lists: english"
        ),
        (
            "{encode: one-hot}", "{encode: tf-idf}",
            "4:9 tf-idf is for a text among the inputs | a target can be label, one-hot or numeric"
        ),
        (
            "{encode: multi-hot, vocabulary: 100}", "multi-hot",
            "3:16 text must be a map of keys and values, found \"multi-hot\" | write {encode: multi-hot}"
        ),
        (
            "{encode: one-hot}", "{encode: one-hot, scale: none}",
            "4:35 unknown key \"scale\" in one-hot | known keys: drop_first, fit, min_count, missing, positive, unknown"
        ),
        ("{topic: {encode: one-hot}}", "{a: {encode: label}, b: {encode: label}}", "4:9 target must name one column, found a, b"),
        ("{text: {encode: multi-hot, vocabulary: 100}}", "{drop: [x]}", "3:9 inputs name no column | \"*\" stands for all but the target"),
        (
            "title: Base?", "titel: Base?",
            "1:1 unknown key \"titel\" in the experiment | did you mean \"title\"? known keys: ablate, baselines, curves, dataset, disagreements, expect, extends, inputs, keep, labels, model, notes, predict, reference, seeds, select, split, sweep, target, title, training"
        ),
        ("title: Base?", "seeds: 0", "1:8 seeds must be between 1 and 1,000, found 0"),
        ("title: Base?", "seeds: [2, 2]", "1:8 seeds name a seed twice | its second run would be the same run"),
        ("title: Base?", "seeds: many", "1:8 seeds must be a whole number or a list or a map of keys and values, found \"many\""),
        ("title: Base?", "seeds: {from: 2, to: 20}", "1:15 from must be between 3 and 1,000, found 2"),
        (
            "title: Base?", "seeds: {from: 6, to: 6}",
            "1:22 seeds go from 6 to 6, which adds none | such as {from: 4, to: 20}; a fixed number is seeds: 6"
        ),
        ("title: Base?", "select: {metric: test_accuracy}", "1:18 test figures never choose a winner | write val_accuracy"),
        (
            "title: Base?", "select: {metric: val_acc}",
            "1:18 unknown figure \"val_acc\" | known figures: loss, accuracy, val_loss, val_accuracy"
        ),
        (
            "epochs: 5", "tensorboard: ../logs",
            "13:16 tensorboard must be a folder of the project, found \"../logs\" | name others by ablate run --tensorboard"
        ),
        (
            "epochs: 5", "tensorboard: {folder: /logs}",
            "13:25 folder must be a folder of the project, found \"/logs\" | name others by ablate run --tensorboard"
        ),
    ])
    func oneSlip(right: String, wrong: String, expected: String) {
        #expect(errors(base.replacing(right, with: wrong, maxReplacements: 1)) == [expected])
    }

    @Test func missingKeysAreAllNamed() {
        #expect(
            errors("title: x\n") == [
                "1:1 missing key \"dataset\" in the experiment | add \"dataset: …\", a catalogue entry's name or {csv: …} or {jsonl: …} or {numpy: …} or {lines: …} or {folder: …} or {text: …} or {images: …} or {idx: …} or {features: …}",
                "1:1 missing key \"inputs\" in the experiment | add \"inputs: …\", a map of keys and values",
                "1:1 missing key \"target\" in the experiment | add \"target: …\", a map of keys and values or \"inputs\"",
                "1:1 missing key \"model\" in the experiment | add \"model: …\", {mlp: …} or {autoencoder: …} or {layers: …} or a map of keys and values",
                "1:1 missing key \"training\" in the experiment | add \"training: …\", a map of keys and values",
            ])
    }

    @Test func theFileMustBeAMap() {
        #expect(errors("- a\n") == ["1:1 an experiment is a map of keys and values, found a list | start with title: …"])
    }

    @Test func errorsOfAllPartsComeTogether() {
        let text =
            base.replacing("relu", with: "rleu").replacing("epochs", with: "epoch") + """
                seeds: [1, 1]
                ablate: {a: {training.epohcs: 3}}
                sweep: {grid: {training.batch_size: [0]}}

                """
        #expect(errors(text).map { $0.prefix { $0 != " " } } == ["8:38", "13:3", "15:8", "16:23", "17:38"])
    }

    @Test func anErrorOfTheBaselineIsSaidOnce() {
        let text = base.replacing("relu", with: "rleu") + "ablate: {a: {training.epochs: 3}, b: {training.epochs: 4}}\n"
        #expect(errors(text).count == 1)
    }

    @Test func namesOfLayersAreDistinct() {
        let text = base.replacing("{units: classes", with: "{name: middle, units: classes")
        #expect(errors(text) == ["7:3 two layers have the name \"middle\" | give one of them another name"])
    }

    @Test func theFormIsThatOfTheHouse() {
        do throws(Diagnostics) {
            _ = try load(base.replacing("relu", with: "rleu").replacing("epochs", with: "epoch"))
            Issue.record("no error")
        } catch {
            #expect(
                error.rendered(outcome: "nothing was started") == """
                    a.yaml:8:38: error: unknown activation "rleu"
                        8 |     - dense: {units: 64, activation: rleu, name: middle}
                          |                                      ^~~~ did you mean "relu"?
                    a.yaml:13:3: error: unknown key "epoch" in training
                       13 |   epoch: 5
                          |   ^~~~~ did you mean "epochs"? known keys: augment, augment_validation, batch_size, class_weight, clusters, continue_from, discriminator_optimizer, early_stopping, epochs, freeze, gradient_clipping, gradient_norms, judge, labelled, loss, metrics, optimizer, pretrain, reduce_on_plateau, steps, tensorboard, threshold
                    2 errors; nothing was started

                    """)
        }
    }
}
