import Settings
import TensorEngine

// Update rules with the usual settings, where a test does not say others.

/// Plain descent.
package func gradientDescent(momentum: Float = Float(SGDSettings().momentum), nesterov: Bool = false) -> GradientDescent {
    GradientDescent(momentum: momentum, nesterov: nesterov)
}

/// RMSprop.
package func rmsprop(
    rho: Float = Float(RMSpropSettings().rho), momentum: Float = 0, epsilon: Float = Float(RMSpropSettings().epsilon),
    centered: Bool = false
) -> RMSprop {
    RMSprop(rho: rho, momentum: momentum, epsilon: epsilon, centered: centered)
}

/// Adam.
package func adam(
    beta1: Float = Float(AdamSettings().beta1), beta2: Float = Float(AdamSettings().beta2), epsilon: Float = Float(AdamSettings().epsilon),
    weightDecay: Float = 0
) -> Adam {
    Adam(beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
}

/// Adagrad.
package func adagrad(
    initialAccumulator: Float = Float(AdagradSettings().initialAccumulator), epsilon: Float = Float(AdagradSettings().epsilon)
) -> Adagrad {
    Adagrad(initialAccumulator: initialAccumulator, epsilon: epsilon)
}
