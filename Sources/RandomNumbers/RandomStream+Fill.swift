extension RandomStream {
    // MARK: - Whole buffers

    /// Fills `buffer` with numbers between `low` and `high`: `low + (high - low) * u`, where the `u` are what as many calls of ``uniformFloat()`` give.
    public mutating func fill(_ buffer: UnsafeMutableBufferPointer<Float>, uniformIn low: Float, _ high: Float) {
        let width = high - low
        var place = 0
        while place < buffer.count, used < Self.wordsAtOnce {
            buffer[place] = low + width * uniformFloat()
            place += 1
        }
        if let start = buffer.baseAddress {
            let scale = SIMD8<Float>(repeating: 0x1p-24)
            let lowest = SIMD8<Float>(repeating: low)
            let widths = SIMD8<Float>(repeating: width)
            while buffer.count - place >= Self.wordsAtOnce {
                let words = nextWords()
                let target = UnsafeMutableRawPointer(start + place)
                target.storeBytes(of: lowest + widths * (SIMD8<Float>(words.0 &>> 8) * scale), as: SIMD8<Float>.self)
                target.storeBytes(of: lowest + widths * (SIMD8<Float>(words.1 &>> 8) * scale), toByteOffset: 32, as: SIMD8<Float>.self)
                target.storeBytes(of: lowest + widths * (SIMD8<Float>(words.2 &>> 8) * scale), toByteOffset: 64, as: SIMD8<Float>.self)
                target.storeBytes(of: lowest + widths * (SIMD8<Float>(words.3 &>> 8) * scale), toByteOffset: 96, as: SIMD8<Float>.self)
                place += Self.wordsAtOnce
            }
        }
        while place < buffer.count {
            buffer[place] = low + width * uniformFloat()
            place += 1
        }
    }

    /// Fills `buffer` with numbers of the normal distribution of this mean and standard deviation.
    public mutating func fill(_ buffer: UnsafeMutableBufferPointer<Float>, normalWithMean mean: Double, standardDeviation: Double) {
        for place in buffer.indices { buffer[place] = Float(mean + standardDeviation * normal()) }
    }

    /// Fills `buffer` with numbers of the normal distribution of this mean and standard deviation, each redrawn while it is more than two standard deviations away.
    public mutating func fill(
        _ buffer: UnsafeMutableBufferPointer<Float>, truncatedNormalWithMean mean: Double, standardDeviation: Double
    ) {
        for place in buffer.indices { buffer[place] = Float(mean + standardDeviation * truncatedNormal()) }
    }
}
