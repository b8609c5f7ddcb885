#pragma once
/// Products whose inner axis is walked in up to three loops over memory as it lies, on the calling thread: what convolutions are made of.
///
/// Each element's sum is one chain of fused multiply-adds in the order of the walk, from 0. So its bits depend on its own
/// row, column and walk alone, not on tiles or on the width of the processor's vectors.

/// c[i, j] = Σ a[i · row_a + s] b[t + j], where s and t go through the walk's steps together.
typedef struct {
    /// Rows and columns of the result.
    long rows, columns;
    /// The first element of a, and floats from a row to the next.
    const float *a;
    long row_a;
    /// The first element of b. Up to 60 bytes behind the columns' end are read, and not used.
    const float *b;
    /// Steps of each loop, the outermost first; without any, the sums are 0.
    long steps[3];
    /// Floats by which a and b move at a step of each loop.
    long step_a[3], step_b[3];
    /// The result, and floats from a row to the next. Up to 60 bytes behind the columns' end are read where it is added to.
    float *c;
    long leading_c;
    /// Whether the sum is added to what c holds.
    int adds;
} cproduct_walk;

/// Computes the result.
void cproduct_walk_run(const cproduct_walk *walk);
