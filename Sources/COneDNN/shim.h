#include <oneapi/dnnl/dnnl.h>

/// oneDNN runs on OpenMP, whose own header the compiler does not find; this is the one call that is needed of it.
void omp_set_num_threads(int count);
