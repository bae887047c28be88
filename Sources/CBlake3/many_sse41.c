#if defined(__x86_64__)

// The whole file is compiled for SSE4.1; kernels.c sees to it that it runs only where the
// processor has it.
#pragma clang attribute push(__attribute__((target("sse4.1"))), apply_to = function)

#include "four_lanes.h"

void winch_blake3_hash_many_sse41(node_row row, uint8_t *out) {
  hash_many_lanes(row, out, winch_blake3_hash_many_portable);
}

#pragma clang attribute pop

#endif
