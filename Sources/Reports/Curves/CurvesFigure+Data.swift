/// The numbers of the figure of learning curves.
extension CurvesFigure {
    /// By epoch the mean as drawn, and the lowest and the highest seed, or fold where there is one seed alone.
    var data: String {
        var data = FigureData(["variant", "figure", "epoch", "mean", "lowest", "highest"])
        for result in results {
            for name in quantities.flatMap({ [$0, "val_" + $0] }) {
                guard let curve = curves[result.name]?[name] else { continue }
                let band = curve.band(curve.bySeed.count > 1 || curve.byFold.isEmpty ? curve.bySeed.map(\.values) : curve.byFold)
                for (offset, mean) in curve.mean.enumerated() {
                    let cells = [mean, band.lowest[offset], band.highest[offset]].map { FigureData.cell($0) }
                    data.append([result.name, name, String(curve.firstEpoch + offset)] + cells)
                }
            }
        }
        return data.text
    }
}
