import RandomNumbers
import Testing

struct PhiloxTests {
    /// The vectors for philox4x32-10 in the file kat_vectors of Random123.
    @Test(arguments: [
        (SIMD4<UInt32>(0, 0, 0, 0), SIMD2<UInt32>(0, 0), SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
        (
            SIMD4<UInt32>(repeating: 0xffff_ffff), SIMD2<UInt32>(repeating: 0xffff_ffff),
            SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
        ),
        (
            SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
            SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
        ),
    ])
    func matchesThePublishedVectors(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>) {
        #expect(Philox.block(counter: counter, key: key) == expected)
    }

    @Test func eightBlocksBesideEachOtherAreTheSameBlocks() {
        let key = SIMD2<UInt32>(0xa409_3822, 0x299f_31d0)
        for start in [0, 8, 0xffff_fffc, 0x0123_4567_89ab_cdef] as [UInt64] {
            let words = Philox.eightBlocks(start: start, third: 7, fourth: 9, key: key)
            for block in 0..<8 {
                let place = start &+ UInt64(block)
                let counter = SIMD4(UInt32(truncatingIfNeeded: place), UInt32(truncatingIfNeeded: place >> 32), 7, 9)
                let expected = Philox.block(counter: counter, key: key)
                #expect(SIMD4(words.0[block], words.1[block], words.2[block], words.3[block]) == expected)
            }
        }
    }
}
