#pragma once
#include "CCell.h"
#include "CDoubles.h"
#include "CWalk.h"

/// Products of matrices of 32-bit floats, row-major, on the calling thread.
///
/// The sum over k goes in blocks of 384, what is left between 384 and 768 in two halves. A block's sum is one chain of fused multiply-adds in the
/// order of k, and the sums of blocks are added in their order. So an element's bits depend on its row of op(a), its column of op(b) and k alone:
/// not on the other sizes, on tiles, or on the width of the processor's vectors.

/// The arguments of ``cproduct_multiply``.
typedef struct {
    /// Rows of op(a) and c, columns of op(b) and c, columns of op(a); each at least 1.
    long m, n, k;
    /// op(a) is `[m, k]`: a, or its transpose.
    const float *a;
    /// Floats from one row of a, as it lies in memory, to the next.
    long leading_a;
    /// Whether a lies as `[k, m]`.
    int transpose_a;
    /// op(b) is `[k, n]`: b, or its transpose.
    const float *b;
    /// Floats from one row of b, as it lies in memory, to the next.
    long leading_b;
    /// Whether b lies as `[n, k]`.
    int transpose_b;
    /// The result, `[m, n]`.
    float *c;
    /// Floats from one row of c to the next.
    long leading_c;
    /// ``cproduct_room`` floats of the caller's, aligned to 64 bytes, in which operands are laid out anew.
    float *room;
} cproduct_arguments;

/// Floats of room that a product needs, whatever its sizes.
long cproduct_room(void);

/// Writes the transpose of a `[rows, columns]` matrix to `target`.
void cproduct_transpose(const float *source, long rows, long columns, float *target);

/// c = op(a) op(b). Nothing is read or written outside the matrices and the room.
void cproduct_multiply(const cproduct_arguments *arguments);
