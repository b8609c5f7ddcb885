#include "CProduct.h"

#include <string.h>

// The result is computed in tiles that stay in registers: MOST_ROWS rows by two vectors (6 x 16 with AVX2, 14 x 32 with AVX-512), or fewer rows
// by three vectors for a last strip of columns. A strip of op(b), as wide as a tile, is laid out anew so that the tile reads it front to back;
// op(a) is read where it lies, an element repeated in a vector at a time.

#if defined(__AVX512F__)
#define LANES 16
#define MOST_ROWS 14
#define MOST_ROWS_OF_THREE 9
#else
#define LANES 8
#define MOST_ROWS 6
#define MOST_ROWS_OF_THREE 4
#endif

/// Steps of k in a block, and so the length of a chain.
#define MOST_STEPS 384
/// Rows of the result that are computed while strips of op(b) are in the cache.
#define ROWS_AT_ONCE (MOST_ROWS * (LANES == 16 ? 18 : 36))
/// Floats of strips that are laid out at once when there are more rows than that.
#define STRIP_FLOATS (1 << 16)
/// The room of strips: one strip more than fits, and a vector that a copy may write beyond its end.
#define STRIP_ROOM (STRIP_FLOATS + MOST_STEPS * 3 * LANES + LANES)
/// From this distance of rows on a transposed a is copied together: its columns would fall on few lines of the cache.
#define FAR_ROWS 256

typedef float vector __attribute__((ext_vector_type(LANES)));
typedef float unaligned_vector __attribute__((ext_vector_type(LANES), aligned(4)));

// MARK: - Tiles

/// A tile of the result: `rows` by `columns`, from `steps` elements of each row of a and each column of a strip.
typedef struct {
    long steps;
    const float *a;
    /// Floats from a row, and from a step, of op(a) to the next.
    long row_stride, step_stride;
    const float *strip;
    /// Floats from a step of the strip to the next.
    long strip_stride;
    float *c;
    long leading_c;
    int columns;
    /// Whether the tile is added to what c holds.
    int adds;
} tile;

typedef void (*tile_function)(const tile *);

#define UNROLLED _Pragma("clang loop unroll(full)")

#define DEFINE_TILE(ROWS, VECTORS)                                                                                       \
    static void tile_##ROWS##_##VECTORS(const tile *t) {                                                                 \
        const float *a = t->a, *strip = t->strip;                                                                        \
        const long row_stride = t->row_stride, step_stride = t->step_stride, strip_stride = t->strip_stride;             \
        vector sums[ROWS][VECTORS];                                                                                      \
        UNROLLED for (int i = 0; i < ROWS; i++) UNROLLED for (int v = 0; v < VECTORS; v++) sums[i][v] = (vector)0;       \
        for (long step = t->steps; step > 0; step--) {                                                                   \
            vector right[VECTORS];                                                                                       \
            UNROLLED for (int v = 0; v < VECTORS; v++) right[v] = *(const unaligned_vector *)(strip + v * LANES);        \
            UNROLLED for (int i = 0; i < ROWS; i++) {                                                                    \
                const vector left = (vector)a[i * row_stride];                                                           \
                UNROLLED for (int v = 0; v < VECTORS; v++)                                                               \
                    sums[i][v] = __builtin_elementwise_fma(left, right[v], sums[i][v]);                                  \
            }                                                                                                            \
            a += step_stride;                                                                                            \
            strip += strip_stride;                                                                                       \
        }                                                                                                                \
        float *c = t->c;                                                                                                 \
        if (t->columns == VECTORS * LANES) {                                                                             \
            UNROLLED for (int i = 0; i < ROWS; i++) UNROLLED for (int v = 0; v < VECTORS; v++) {                         \
                unaligned_vector *place = (unaligned_vector *)(c + i * t->leading_c + v * LANES);                        \
                *place = t->adds ? (vector)*place + sums[i][v] : sums[i][v];                                             \
            }                                                                                                            \
            return;                                                                                                      \
        }                                                                                                                \
        float found[ROWS][VECTORS * LANES] __attribute__((aligned(64)));                                                 \
        UNROLLED for (int i = 0; i < ROWS; i++) UNROLLED for (int v = 0; v < VECTORS; v++)                               \
            *(vector *)(found[i] + v * LANES) = sums[i][v];                                                              \
        for (int i = 0; i < ROWS; i++) {                                                                                 \
            float *row = c + i * t->leading_c;                                                                           \
            for (int j = 0; j < t->columns; j++) row[j] = t->adds ? row[j] + found[i][j] : found[i][j];                  \
        }                                                                                                                \
    }

#define DEFINE_TILES(ROWS) DEFINE_TILE(ROWS, 1) DEFINE_TILE(ROWS, 2) DEFINE_TILE(ROWS, 3)
#define TILES(ROWS) { tile_##ROWS##_1, tile_##ROWS##_2, tile_##ROWS##_3 }
#define PAIR_OF_TILES(ROWS) { tile_##ROWS##_1, tile_##ROWS##_2, 0 }
#define DEFINE_PAIR(ROWS) DEFINE_TILE(ROWS, 1) DEFINE_TILE(ROWS, 2)

DEFINE_TILES(1) DEFINE_TILES(2) DEFINE_TILES(3) DEFINE_TILES(4)
#if MOST_ROWS == 14
DEFINE_TILES(5) DEFINE_TILES(6) DEFINE_TILES(7) DEFINE_TILES(8) DEFINE_TILES(9)
DEFINE_PAIR(10) DEFINE_PAIR(11) DEFINE_PAIR(12) DEFINE_PAIR(13) DEFINE_PAIR(14)
#else
DEFINE_PAIR(5) DEFINE_PAIR(6)
#endif

/// By rows less one and vectors less one.
static const tile_function tiles[MOST_ROWS][3] = {
    TILES(1), TILES(2), TILES(3), TILES(4),
#if MOST_ROWS == 14
    TILES(5), TILES(6), TILES(7), TILES(8), TILES(9),
    PAIR_OF_TILES(10), PAIR_OF_TILES(11), PAIR_OF_TILES(12), PAIR_OF_TILES(13), PAIR_OF_TILES(14),
#else
    PAIR_OF_TILES(5), PAIR_OF_TILES(6),
#endif
};

// MARK: - Strips of op(b)

/// Vectors in the next strip when so many columns are left: three, rather than two and one.
static int vectors_of_strip(long columns_left) {
    const long vectors = (columns_left + LANES - 1) / LANES;
    return vectors <= 3 ? (int)vectors : 2;
}

static void copy_part(const float *source, long columns, int width, float *target) {
    memcpy(target, source, columns * sizeof(float));
    memset(target + columns, 0, (width - columns) * sizeof(float));
}

/// Lays out `columns` columns of a b that lies as `[k, n]`. Columns beyond them hold whatever stands beside them: nobody reads their sums.
static void copy_strip(const float *b, long leading, long steps, long columns, int vectors, float *strip) {
    const int width = vectors * LANES;
    // A whole vector may reach into the next row, so the last row is copied by itself.
    const long whole = columns == width ? steps : leading >= width ? steps - 1 : 0;
    for (long step = 0; step < whole; step++) {
        for (int v = 0; v < vectors; v++) *(vector *)(strip + v * LANES) = *(const unaligned_vector *)(b + v * LANES);
        b += leading;
        strip += width;
    }
    for (long step = whole; step < steps; step++, b += leading, strip += width) copy_part(b, columns, width, strip);
}

typedef float eight __attribute__((ext_vector_type(8)));
typedef float unaligned_eight __attribute__((ext_vector_type(8), aligned(4)));

/// Writes the transpose of an 8 x 8 block.
static inline void transpose_block(const float *source, long leading, float *target, long target_leading) {
    eight r[8], s[8], t[8];
    for (int i = 0; i < 8; i++) r[i] = *(const unaligned_eight *)(source + i * leading);
    for (int i = 0; i < 8; i += 2) {
        s[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
        s[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
    for (int i = 0; i < 8; i += 4) for (int j = 0; j < 2; j++) {
        t[i + 2 * j] = __builtin_shufflevector(s[i + j], s[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
        t[i + 2 * j + 1] = __builtin_shufflevector(s[i + j], s[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
    for (int i = 0; i < 4; i++) {
        *(unaligned_eight *)(target + i * target_leading) = __builtin_shufflevector(t[i], t[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        *(unaligned_eight *)(target + (i + 4) * target_leading) = __builtin_shufflevector(t[i], t[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/// Lays out `columns` columns of op(b) when b lies as `[n, k]`.
static void copy_transposed_strip(const float *b, long leading, long steps, long columns, int vectors, float *strip) {
    const int width = vectors * LANES;
    const long whole_columns = columns & ~7L, whole_steps = steps & ~7L;
    for (long step = 0; step < whole_steps; step += 8)
        for (long j = 0; j < whole_columns; j += 8) transpose_block(b + j * leading + step, leading, strip + step * width + j, width);
    for (long j = 0; j < width; j++) {
        const float *row = b + j * leading;
        for (long step = j < whole_columns ? whole_steps : 0; step < steps; step++) strip[step * width + j] = j < columns ? row[step] : 0;
    }
}

void cproduct_transpose(const float *source, long rows, long columns, float *target) {
    const long whole_rows = rows & ~7L, whole_columns = columns & ~15L;
    // Two blocks beside each other use up a line of the cache.
    for (long column = 0; column < whole_columns; column += 16)
        for (long row = 0; row < whole_rows; row += 8) {
            const float *block = source + row * columns + column;
            transpose_block(block, columns, target + column * rows + row, rows);
            transpose_block(block + 8, columns, target + (column + 8) * rows + row, rows);
        }
    for (long row = 0; row < rows; row++)
        for (long column = row < whole_rows ? whole_columns : 0; column < columns; column++)
            target[column * rows + row] = source[row * columns + column];
}

// MARK: - The product

long cproduct_room(void) { return STRIP_ROOM + MOST_STEPS * ROWS_AT_ONCE; }

/// The length of the next block of k.
static long block_of(long left) {
    return left >= 2 * MOST_STEPS ? MOST_STEPS : left > MOST_STEPS ? (left + 1) / 2 : left;
}

/// All tiles of a strip.
static void multiply_strip(tile t, int vectors, long rows) {
    const long most = vectors == 3 ? MOST_ROWS_OF_THREE : MOST_ROWS;
    const long count = (rows + most - 1) / most;
    const float *a = t.a;
    float *c = t.c;
    // Rows are dealt evenly: a last tile of one or two rows would leave most of the processor idle.
    for (long i = 0, row = 0; i < count; i++) {
        const long end = rows * (i + 1) / count;
        t.a = a + row * t.row_stride;
        t.c = c + row * t.leading_c;
        tiles[end - row - 1][vectors - 1](&t);
        row = end;
    }
}

/// A block of rows by all strips from `column` to `end`, which lie in `strips` one behind the other, or else in b, whose rows are `leading_b` apart.
static void multiply_rows(tile t, long rows, long column, long end, long n, const float *strips, const float *b, long leading_b) {
    float *c = t.c;
    while (column < end) {
        const int vectors = vectors_of_strip(n - column);
        t.strip = b ? b + column : strips;
        t.strip_stride = b ? leading_b : vectors * LANES;
        t.columns = n - column < vectors * LANES ? (int)(n - column) : vectors * LANES;
        t.c = c + column;
        multiply_strip(t, vectors, rows);
        strips += t.steps * vectors * LANES;
        column += t.columns;
    }
}

/// Whether a block of b is read where it lies: laying it out costs more than it gives when few rows use it and it is in the first-level cache.
static int reads_in_place(const cproduct_arguments *p, long steps) {
    return !p->transpose_b && p->m <= 64 && p->n % LANES == 0 && steps * p->leading_b <= 8192;
}

void cproduct_multiply(const cproduct_arguments *p) {
    const long row_stride = p->transpose_a ? 1 : p->leading_a, step_stride = p->transpose_a ? p->leading_a : 1;
    const int copies_a = p->transpose_a && p->leading_a >= FAR_ROWS && p->n > 2 * LANES;
    float *strips = p->room, *copy = p->room + STRIP_ROOM;
    for (long first = 0, steps; first < p->k; first += steps) {
        steps = block_of(p->k - first);
        const long floats_at_once = p->m > ROWS_AT_ONCE ? STRIP_FLOATS : 1;
        const float *b = reads_in_place(p, steps) ? p->b + first * p->leading_b : 0;
        for (long column = 0, end; column < p->n; column = end) {
            float *strip = strips;
            for (end = b ? p->n : column; end < p->n && strip - strips < floats_at_once;) {
                const int vectors = vectors_of_strip(p->n - end);
                const long columns = p->n - end < vectors * LANES ? p->n - end : vectors * LANES;
                if (p->transpose_b)
                    copy_transposed_strip(p->b + end * p->leading_b + first, p->leading_b, steps, columns, vectors, strip);
                else
                    copy_strip(p->b + first * p->leading_b + end, p->leading_b, steps, columns, vectors, strip);
                strip += steps * vectors * LANES;
                end += columns;
            }
            for (long row = 0; row < p->m; row += ROWS_AT_ONCE) {
                const long rows = p->m - row < ROWS_AT_ONCE ? p->m - row : ROWS_AT_ONCE;
                const float *a = p->a + row * row_stride + first * step_stride;
                tile t = {.steps = steps, .a = a, .row_stride = row_stride, .step_stride = step_stride,
                          .c = p->c + row * p->leading_c, .leading_c = p->leading_c, .adds = first > 0};
                if (copies_a) {
                    for (long step = 0; step < steps; step++) memcpy(copy + step * rows, a + step * step_stride, rows * sizeof(float));
                    t.a = copy;
                    t.step_stride = rows;
                }
                multiply_rows(t, rows, column, end, p->n, strips, b, p->leading_b);
            }
        }
    }
}
