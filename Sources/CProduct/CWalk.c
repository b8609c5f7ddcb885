#include "CWalk.h"

#if defined(__AVX512F__)
#include <immintrin.h>
#define LANES 16
#else
#define LANES 8
#endif

typedef float vector __attribute__((ext_vector_type(LANES)));
typedef float unaligned_vector __attribute__((ext_vector_type(LANES), aligned(4)));

#define UNROLLED _Pragma("clang loop unroll(full)")

/// Writes the first `count` lanes.
static inline __attribute__((always_inline)) void store_first(float *target, vector value, long count) {
    if (count >= LANES) {
        *(unaligned_vector *)target = value;
        return;
    }
#if defined(__AVX512F__)
    _mm512_mask_storeu_ps(target, (__mmask16)((1u << count) - 1), (__m512)value);
#else
    float found[LANES] __attribute__((aligned(64)));
    *(vector *)found = value;
    for (long i = 0; i < count; i++) target[i] = found[i];
#endif
}

/// `rows` by `vectors` of the result, which stay in registers; `columns` of the last vector count.
typedef void (*tile_function)(const cproduct_walk *, const float *a, const float *b, float *c, long columns);

#define DEFINE_TILE(ROWS, VECTORS)                                                                                               \
    static void tile_##ROWS##_##VECTORS(const cproduct_walk *w, const float *a, const float *b, float *c, long columns) {        \
        const long row_a = w->row_a, leading_c = w->leading_c;                                                                   \
        const long inner = w->steps[2], inner_a = w->step_a[2], inner_b = w->step_b[2];                                          \
        vector sums[ROWS][VECTORS];                                                                                              \
        UNROLLED for (int i = 0; i < ROWS; i++) UNROLLED for (int v = 0; v < VECTORS; v++) sums[i][v] = (vector)0;               \
        for (long outer = 0; outer < w->steps[0]; outer++) {                                                                     \
            const float *middle_a = a, *middle_b = b;                                                                            \
            for (long middle = 0; middle < w->steps[1]; middle++) {                                                              \
                const float *left = middle_a, *right = middle_b;                                                                 \
                for (long step = inner; step > 0; step--) {                                                                      \
                    vector factors[VECTORS];                                                                                     \
                    UNROLLED for (int v = 0; v < VECTORS; v++) factors[v] = *(const unaligned_vector *)(right + v * LANES);      \
                    UNROLLED for (int i = 0; i < ROWS; i++) {                                                                    \
                        const vector each = (vector)left[i * row_a];                                                             \
                        UNROLLED for (int v = 0; v < VECTORS; v++)                                                               \
                            sums[i][v] = __builtin_elementwise_fma(each, factors[v], sums[i][v]);                                \
                    }                                                                                                            \
                    left += inner_a;                                                                                             \
                    right += inner_b;                                                                                            \
                }                                                                                                                \
                middle_a += w->step_a[1];                                                                                        \
                middle_b += w->step_b[1];                                                                                        \
            }                                                                                                                    \
            a += w->step_a[0];                                                                                                   \
            b += w->step_b[0];                                                                                                   \
        }                                                                                                                        \
        if (w->adds) UNROLLED for (int i = 0; i < ROWS; i++) UNROLLED for (int v = 0; v < VECTORS; v++)                          \
            sums[i][v] += *(const unaligned_vector *)(c + i * leading_c + v * LANES);                                            \
        UNROLLED for (int i = 0; i < ROWS; i++) UNROLLED for (int v = 0; v < VECTORS; v++)                                       \
            store_first(c + i * leading_c + v * LANES, sums[i][v], v + 1 < VECTORS ? LANES : columns);                           \
    }

#define TILES_OF_ONE(ROWS) DEFINE_TILE(ROWS, 1)
#define TILES_OF_TWO(ROWS) DEFINE_TILE(ROWS, 1) DEFINE_TILE(ROWS, 2)

#if defined(__AVX512F__)
#define TILES_OF_THREE(ROWS) TILES_OF_TWO(ROWS) DEFINE_TILE(ROWS, 3)
#define TILES_OF_FOUR(ROWS) TILES_OF_THREE(ROWS) DEFINE_TILE(ROWS, 4)
TILES_OF_FOUR(1) TILES_OF_FOUR(2) TILES_OF_FOUR(3) TILES_OF_FOUR(4) TILES_OF_FOUR(5) TILES_OF_FOUR(6)
TILES_OF_THREE(7) TILES_OF_THREE(8)
TILES_OF_TWO(9) TILES_OF_TWO(10) TILES_OF_TWO(11) TILES_OF_TWO(12)
TILES_OF_ONE(13) TILES_OF_ONE(14) TILES_OF_ONE(15) TILES_OF_ONE(16)
#define MOST_ROWS 16
#define MOST_VECTORS 4
/// The most rows of a tile by its vectors.
static const long most_rows[] = {0, 16, 12, 8, 6};
#define ALL(R) {0, tile_##R##_1, tile_##R##_2, tile_##R##_3, tile_##R##_4}
static const tile_function tiles[MOST_ROWS + 1][MOST_VECTORS + 1] = {
    {0}, ALL(1), ALL(2), ALL(3), ALL(4), ALL(5), ALL(6),
    {0, tile_7_1, tile_7_2, tile_7_3}, {0, tile_8_1, tile_8_2, tile_8_3},
    {0, tile_9_1, tile_9_2}, {0, tile_10_1, tile_10_2}, {0, tile_11_1, tile_11_2}, {0, tile_12_1, tile_12_2},
    {0, tile_13_1}, {0, tile_14_1}, {0, tile_15_1}, {0, tile_16_1}};
#else
TILES_OF_TWO(1) TILES_OF_TWO(2) TILES_OF_TWO(3) TILES_OF_TWO(4) TILES_OF_TWO(5) TILES_OF_TWO(6)
TILES_OF_ONE(7) TILES_OF_ONE(8) TILES_OF_ONE(9) TILES_OF_ONE(10)
#define MOST_ROWS 10
#define MOST_VECTORS 2
/// The most rows of a tile by its vectors.
static const long most_rows[] = {0, 10, 6};
#define ALL(R) {0, tile_##R##_1, tile_##R##_2}
static const tile_function tiles[MOST_ROWS + 1][MOST_VECTORS + 1] = {
    {0}, ALL(1), ALL(2), ALL(3), ALL(4), ALL(5), ALL(6), {0, tile_7_1}, {0, tile_8_1}, {0, tile_9_1}, {0, tile_10_1}};
#endif

void cproduct_walk_run(const cproduct_walk *walk) {
    const long vectors = (walk->columns + LANES - 1) / LANES;
    // Strips of columns, and tiles of rows, as equal as can be.
    const long strips = (vectors + MOST_VECTORS - 1) / MOST_VECTORS;
    for (long strip = 0, vector_now = 0; strip < strips; strip++) {
        const long wide = vectors / strips + (strip < vectors % strips);
        const long column = vector_now * LANES;
        const long last = walk->columns - column - (wide - 1) * LANES;
        const long count = (walk->rows + most_rows[wide] - 1) / most_rows[wide];
        for (long tile = 0, row = 0; tile < count; tile++) {
            const long high = walk->rows / count + (tile < walk->rows % count);
            tiles[high][wide](
                walk, walk->a + row * walk->row_a, walk->b + column, walk->c + row * walk->leading_c + column, last < LANES ? last : LANES);
            row += high;
        }
        vector_now += wide;
    }
}
