import Experiments
import RunStore
import Training

/// How much of the disk runs take, in bytes and about.
extension PreparedVariant {
    /// A run's trained weights.
    var weightBytes: Double { 4 * trial.tensors.reduce(0) { $0 + $1.shape.size } }

    /// A run's answers.
    var predictionBytes: Double { trial.answerBytes }

    /// A run's record and history, and that all of its files take whole blocks of the disk.
    fileprivate var recordBytes: Double {
        let training = variant.trial.settings.training
        return 16_000 + Double(training.epochs) * 20 * Double(2 * (training.metrics.count + 1) + 2)
    }
}

extension PreparedExperiment {
    /// Of which runs weights and predictions are kept.
    public var shares: (weights: KeepSettings.Share, predictions: KeepSettings.Share) {
        var shares = experiment.keep.shares(
            isSweep: experiment.isSweep, weightBytes: sum(\.weightBytes), predictionBytes: sum(\.predictionBytes))
        // Which comparisons are open is found out from them again and again.
        if experiment.growth != nil { shares.predictions = .all }
        return shares
    }

    /// About how many bytes all runs that were asked for take once they are finished. The best variant is taken for the largest.
    public var diskBytes: Double {
        func kept(_ share: KeepSettings.Share, _ bytes: (PreparedVariant) -> Double) -> Double {
            switch share {
            case .all: return sum(bytes)
            case .none: return 0
            case .best:
                let byVariant = Dictionary(grouping: runs, by: \.planned.variant).map {
                    (variant: $0.key, bytes: Double($0.value.count) * bytes(variants[$0.key]))
                }
                let best = byVariant.filter { $0.variant != 0 }.map(\.bytes).max() ?? 0
                return best + byVariant.filter { $0.variant == 0 }.reduce(0) { $0 + $1.bytes }
            }
        }
        return sum(\.recordBytes) + kept(shares.weights, \.weightBytes) + kept(shares.predictions, \.predictionBytes)
    }

    private func sum(_ bytes: (PreparedVariant) -> Double) -> Double { runs.reduce(0) { $0 + bytes(variants[$1.planned.variant]) } }
}
