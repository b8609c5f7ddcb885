#pragma once
/// Matrices of 64-bit floats, row-major, on the calling thread: products, and the steps that bring a symmetric matrix to its eigenvectors.
///
/// Sums go in vectors of eight, of fused multiply-adds, whatever the width of the processor's vectors: bits depend on the numbers and the sizes alone.

/// The arguments of ``cdoubles_multiply``.
typedef struct {
    /// Rows and columns of c, and steps of the sum.
    long m, n, k;
    /// The element at row i and step s is at `i · row_stride + s · step_stride`.
    const double *a;
    long row_stride, step_stride;
    /// `[k, n]`, and doubles from a row to the next.
    const double *b;
    long leading_b;
    /// `[m, n]`, and doubles from a row to the next.
    double *c;
    long leading_c;
} cdoubles_product;

/// c = a b. An element is one chain in the order of the steps for each 128 of them, and these added in their order.
void cdoubles_multiply(const cdoubles_product *product);

/// One step of Householder's reduction on the lower triangle of a symmetric matrix's first `count` rows and columns:
/// a ← a - v wᵀ - w vᵀ, and product = a u with the a that was made. The upper triangle is neither read nor written.
void cdoubles_reduce(double *a, long leading, long count, const double *v, const double *w, const double *u, double *product);

/// x ← x - τ u (uᵀ x), of `[count, width]`; `room` has `width` doubles.
void cdoubles_reflect(double *x, long count, long width, const double *u, double tau, double *room);

/// Turns neighbouring rows of `[rows, width]`, from the last turn to the first: of turn t those at `places[t]` and behind it, by
/// (x, y) ← (c x + s y, c y - s x).
void cdoubles_turn(double *x, long width, const int *places, const double *cosines, const double *sines, long turns);

/// Of each row of a, `[rows, width]`, the square of its distance to the row of b whose number it is given: `distances[i] = |a_i - b_{numbers[i]}|²`.
void cdoubles_distances(const double *a, long rows, long width, const double *b, const int *numbers, double *distances);
