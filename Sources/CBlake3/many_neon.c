#if defined(__aarch64__) && defined(__LITTLE_ENDIAN__)

// Every 64-bit ARM processor has NEON.
#include "four_lanes.h"

void winch_blake3_hash_many_neon(node_row row, uint8_t *out) {
  hash_many_lanes(row, out, winch_blake3_hash_many_portable);
}

#endif
