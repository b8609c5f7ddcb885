"""What is learned without labels or against an opponent for a comparison: our variant of each, and how many times as fast it is to be, one core of ours
against two of the peer's."""

UNLABELLED = {
    "autoencoder": ("mnist-autoencoder", "baseline", "3 x"),
    "deep autoencoder": ("mnist-autoencoder", "deep", "3 x"),
    "denoising autoencoder": ("mnist-denoising", "noise", "3 x"),
    "restricted Boltzmann machine": ("mnist-rbm", "baseline", "3 x"),
    "deep belief network": ("mnist-dbn", "pretrained-2", "4 x"),
    "adversarial pair": ("mnist-gan", "baseline", "4 x"),
}
