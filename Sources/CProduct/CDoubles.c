#include "CDoubles.h"

#include <string.h>

#define LANES 8
/// Steps of a product whose part of b is laid out at once.
#define MOST_STEPS 128
#if defined(__AVX512F__)
#define MOST_ROWS 8
#define MOST_VECTORS 3
#else
#define MOST_ROWS 6
#define MOST_VECTORS 1
#endif

typedef double vector __attribute__((ext_vector_type(LANES)));
typedef double unaligned_vector __attribute__((ext_vector_type(LANES), aligned(8)));

#define AT(address) (*(unaligned_vector *)(address))
#define FROM(address) (*(const unaligned_vector *)(address))
#define UNROLLED _Pragma("clang loop unroll(full)")

#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)

/// The lanes added as a tree.
static inline double sum_of(const vector *x) {
    typedef double four __attribute__((ext_vector_type(4)));
    const four halves = x->lo + x->hi;
    return (halves.x + halves.z) + (halves.y + halves.w);
}

// MARK: - Products

/// A tile of c stays in registers: so many rows by so many vectors.
#define DEFINE_TILE(ROWS, VECTORS)                                                                                                        \
    static void tile_##ROWS##_##VECTORS(const cdoubles_product *p, long steps, const double *a, const double *strip, double *c, long columns, \
                                        int adds) {                                                                                       \
        vector sums[ROWS][VECTORS];                                                                                                       \
        UNROLLED for (int i = 0; i < ROWS; i++) UNROLLED for (int v = 0; v < VECTORS; v++) sums[i][v] = (vector)0;                        \
        for (long step = 0; step < steps; step++, a += p->step_stride, strip += VECTORS * LANES) {                                        \
            vector right[VECTORS];                                                                                                        \
            UNROLLED for (int v = 0; v < VECTORS; v++) right[v] = *(const vector *)(strip + v * LANES);                                   \
            UNROLLED for (int i = 0; i < ROWS; i++) {                                                                                     \
                const vector left = (vector)a[i * p->row_stride];                                                                         \
                UNROLLED for (int v = 0; v < VECTORS; v++) sums[i][v] = FMA(left, right[v], sums[i][v]);                               \
            }                                                                                                                             \
        }                                                                                                                                 \
        for (int i = 0; i < ROWS; i++, c += p->leading_c) {                                                                               \
            const double *found = (const double *)sums[i];                                                                                \
            for (long j = 0; j < columns; j++) c[j] = adds ? c[j] + found[j] : found[j];                                                  \
        }                                                                                                                                 \
    }

typedef void (*tile_function)(const cdoubles_product *, long, const double *, const double *, double *, long, int);

#if MOST_VECTORS == 3
#define DEFINE_TILES(ROWS) DEFINE_TILE(ROWS, 1) DEFINE_TILE(ROWS, 2) DEFINE_TILE(ROWS, 3)
#define TILES(ROWS) { tile_##ROWS##_1, tile_##ROWS##_2, tile_##ROWS##_3 }
#else
#define DEFINE_TILES(ROWS) DEFINE_TILE(ROWS, 1)
#define TILES(ROWS) { tile_##ROWS##_1 }
#endif

DEFINE_TILES(1) DEFINE_TILES(2) DEFINE_TILES(3) DEFINE_TILES(4) DEFINE_TILES(5) DEFINE_TILES(6)
#if MOST_ROWS == 8
DEFINE_TILES(7) DEFINE_TILES(8)
#endif

/// By rows less one and vectors less one.
static const tile_function tiles[MOST_ROWS][MOST_VECTORS] = {
    TILES(1), TILES(2), TILES(3), TILES(4), TILES(5), TILES(6),
#if MOST_ROWS == 8
    TILES(7), TILES(8),
#endif
};

void cdoubles_multiply(const cdoubles_product *p) {
    double strip[MOST_STEPS * MOST_VECTORS * LANES] __attribute__((aligned(64)));
    for (long column = 0, columns; column < p->n; column += columns) {
        columns = p->n - column < MOST_VECTORS * LANES ? p->n - column : MOST_VECTORS * LANES;
        const long vectors = (columns + LANES - 1) / LANES, width = vectors * LANES;
        for (long first = 0; first < p->k || first == 0; first += MOST_STEPS) {
            const long steps = p->k - first < MOST_STEPS ? p->k - first : MOST_STEPS;
            for (long step = 0; step < steps; step++) {
                memcpy(strip + step * width, p->b + (first + step) * p->leading_b + column, columns * sizeof(double));
                memset(strip + step * width + columns, 0, (width - columns) * sizeof(double));
            }
            for (long row = 0, rows; row < p->m; row += rows) {
                rows = p->m - row < MOST_ROWS ? p->m - row : MOST_ROWS;
                tiles[rows - 1][vectors - 1](p, steps, p->a + row * p->row_stride + first * p->step_stride, strip,
                                             p->c + row * p->leading_c + column, columns, first > 0);
            }
        }
    }
}

// MARK: - Symmetric matrices

void cdoubles_reduce(double *a, long leading, long count, const double *v, const double *w, const double *u, double *product) {
    for (long row = 0; row < count; row++, a += leading) {
        const vector vi = (vector)v[row], wi = (vector)w[row], ui = (vector)u[row];
        vector sums = (vector)0;
        long column = 0;
        for (; column + LANES <= row; column += LANES) {
            const vector made = FMA(-wi, FROM(v + column), FMA(-vi, FROM(w + column), FROM(a + column)));
            AT(a + column) = made;
            sums = FMA(made, FROM(u + column), sums);
            AT(product + column) = FMA(made, ui, FROM(product + column));
        }
        double sum = sum_of(&sums);
        for (; column < row; column++) {
            a[column] = __builtin_fma(-w[row], v[column], __builtin_fma(-v[row], w[column], a[column]));
            sum = __builtin_fma(a[column], u[column], sum);
            product[column] = __builtin_fma(a[column], u[row], product[column]);
        }
        a[row] = __builtin_fma(-2 * v[row], w[row], a[row]);
        product[row] = __builtin_fma(a[row], u[row], sum);
    }
}

void cdoubles_reflect(double *x, long count, long width, const double *u, double tau, double *room) {
    memset(room, 0, width * sizeof(double));
    for (long row = 0; row < count; row++) {
        const double *from = x + row * width;
        for (long j = 0; j < width; j++) room[j] = __builtin_fma(u[row], from[j], room[j]);
    }
    for (long row = 0; row < count; row++) {
        double *to = x + row * width;
        const double factor = -tau * u[row];
        for (long j = 0; j < width; j++) to[j] = __builtin_fma(factor, room[j], to[j]);
    }
}

void cdoubles_turn(double *x, long width, const int *places, const double *cosines, const double *sines, long turns) {
    for (long turn = turns - 1; turn >= 0; turn--) {
        double *restrict upper = x + places[turn] * width, *restrict lower = upper + width;
        const double c = cosines[turn], s = sines[turn];
        for (long j = 0; j < width; j++) {
            const double above = upper[j], below = lower[j];
            upper[j] = __builtin_fma(c, above, s * below);
            lower[j] = __builtin_fma(c, below, -s * above);
        }
    }
}

// MARK: - Distances

void cdoubles_distances(const double *a, long rows, long width, const double *b, const int *numbers, double *distances) {
    for (long row = 0; row < rows; row++, a += width) {
        const double *other = b + numbers[row] * width;
        vector sums = (vector)0;
        long j = 0;
        for (; j + LANES <= width; j += LANES) {
            const vector difference = FROM(a + j) - FROM(other + j);
            sums = FMA(difference, difference, sums);
        }
        double sum = sum_of(&sums);
        for (; j < width; j++) sum = __builtin_fma(a[j] - other[j], a[j] - other[j], sum);
        distances[row] = sum;
    }
}
