// Hashes LANES nodes at once, one in each lane of a vector. Included once by each kernel of
// that shape, which defines beforehand
//   LANES      nodes at once, a power of two up to 8
//   transpose  void transpose(vector rows[LANES]), turning rows into columns
//   rotate16, rotate8  vector rotations to the right, which are byte shuffles
// for a little-endian processor.
#pragma once

#include "blake3.h"

#include <string.h>

#define INLINE static inline __attribute__((always_inline))

typedef uint32_t vector __attribute__((vector_size(4 * LANES)));
typedef uint8_t byte_vector __attribute__((vector_size(4 * LANES)));

INLINE void transpose(vector rows[LANES]);
INLINE vector rotate16(vector x);
INLINE vector rotate8(vector x);

INLINE vector rotate12(vector x) { return x >> 12 | x << 20; }
INLINE vector rotate7(vector x) { return x >> 7 | x << 25; }

INLINE vector load_vector(const void *bytes) {
  vector x;
  memcpy(&x, bytes, sizeof x);
  return x;
}

INLINE vector fill(uint32_t word) { return word - (vector){}; }

INLINE void mix(vector v[16], int a, int b, int c, int d, vector x, vector y) {
  v[a] += v[b] + x;
  v[d] = rotate16(v[d] ^ v[a]);
  v[c] += v[d];
  v[b] = rotate12(v[b] ^ v[c]);
  v[a] += v[b] + y;
  v[d] = rotate8(v[d] ^ v[a]);
  v[c] += v[d];
  v[b] = rotate7(v[b] ^ v[c]);
}

INLINE void mix_round(vector v[16], const vector m[16], const uint8_t order[16]) {
  mix(v, 0, 4, 8, 12, m[order[0]], m[order[1]]);
  mix(v, 1, 5, 9, 13, m[order[2]], m[order[3]]);
  mix(v, 2, 6, 10, 14, m[order[4]], m[order[5]]);
  mix(v, 3, 7, 11, 15, m[order[6]], m[order[7]]);
  mix(v, 0, 5, 10, 15, m[order[8]], m[order[9]]);
  mix(v, 1, 6, 11, 12, m[order[10]], m[order[11]]);
  mix(v, 2, 7, 8, 13, m[order[12]], m[order[13]]);
  mix(v, 3, 4, 9, 14, m[order[14]], m[order[15]]);
}

/// Puts word i of that block of every node into m[i]. Lanes without a node of their own
/// repeat the last one, so that nothing behind the row is read.
INLINE void load_blocks(vector m[16], const node_row *row, size_t block) {
  for (int word = 0; word < 16; word += LANES) {
    for (size_t lane = 0; lane < LANES; lane++) {
      size_t node = lane < row->count ? lane : row->count - 1;
      size_t offset = (node * row->blocks + block) * BLOCK_LENGTH;
      m[word + lane] = load_vector(row->bytes + offset + word * 4);
    }
    transpose(m + word);
  }
}

/// Stores lane n of cv[0…7] as the chaining value n of `out`, for the first `count` lanes.
INLINE void store_values(vector cv[8], size_t count, uint8_t *out) {
  for (int word = 0; word < 8; word += LANES) {
    transpose(cv + word);
    for (size_t lane = 0; lane < LANES && lane < count; lane++) {
      memcpy(out + lane * HASH_LENGTH + word * 4, &cv[word + lane], sizeof(vector));
    }
  }
}

/// Hashes the first LANES nodes of `row`, or as many as there are.
INLINE void hash_lanes(const node_row *row, uint8_t *out) {
  uint32_t counter_low[LANES], counter_high[LANES];
  for (size_t lane = 0; lane < LANES; lane++) {
    counter_low[lane] = (uint32_t)node_counter(row, lane);
    counter_high[lane] = (uint32_t)(node_counter(row, lane) >> 32);
  }

  vector cv[8];
  for (int i = 0; i < 8; i++) cv[i] = fill(initial_value[i]);

  for (size_t block = 0; block < row->blocks; block++) {
    vector m[16], v[16];
    load_blocks(m, row, block);
    for (int i = 0; i < 8; i++) v[i] = cv[i];
    for (int i = 0; i < 4; i++) v[8 + i] = fill(initial_value[i]);
    v[12] = load_vector(counter_low);
    v[13] = load_vector(counter_high);
    v[14] = fill(BLOCK_LENGTH);
    v[15] = fill(node_flags(row, block));

#pragma clang loop unroll(full)
    for (int round = 0; round < ROUNDS; round++) mix_round(v, m, schedule[round]);

    for (int i = 0; i < 8; i++) cv[i] = v[i] ^ v[i + 8];
  }
  store_values(cv, row->count, out);
}

/// Hashes all nodes, leaving to `narrower` a last few that fill half of the lanes or less: it
/// is faster for them.
INLINE void hash_many_lanes(node_row row, uint8_t *out, hash_many_function *narrower) {
  while (row.count > LANES / 2) {
    size_t count = row.count < LANES ? row.count : LANES;
    hash_lanes(&row, out);
    node_row_advance(&row, count);
    out += count * HASH_LENGTH;
  }
  narrower(row, out);
}
