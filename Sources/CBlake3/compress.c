#include "blake3.h"

#include <string.h>

static inline uint32_t load_word(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16
      | (uint32_t)bytes[3] << 24;
}

static inline uint32_t rotate_right(uint32_t word, int bits) {
  return word >> bits | word << (32 - bits);
}

/// The quarter round: mixes two message words into a column or a diagonal of the state.
static inline void mix(uint32_t v[16], int a, int b, int c, int d, uint32_t x, uint32_t y) {
  v[a] += v[b] + x;
  v[d] = rotate_right(v[d] ^ v[a], 16);
  v[c] += v[d];
  v[b] = rotate_right(v[b] ^ v[c], 12);
  v[a] += v[b] + y;
  v[d] = rotate_right(v[d] ^ v[a], 8);
  v[c] += v[d];
  v[b] = rotate_right(v[b] ^ v[c], 7);
}

static inline void mix_round(uint32_t v[16], const uint32_t m[16], const uint8_t order[16]) {
  mix(v, 0, 4, 8, 12, m[order[0]], m[order[1]]);
  mix(v, 1, 5, 9, 13, m[order[2]], m[order[3]]);
  mix(v, 2, 6, 10, 14, m[order[4]], m[order[5]]);
  mix(v, 3, 7, 11, 15, m[order[6]], m[order[7]]);
  mix(v, 0, 5, 10, 15, m[order[8]], m[order[9]]);
  mix(v, 1, 6, 11, 12, m[order[10]], m[order[11]]);
  mix(v, 2, 7, 8, 13, m[order[12]], m[order[13]]);
  mix(v, 3, 4, 9, 14, m[order[14]], m[order[15]]);
}

void winch_blake3_compress(
    uint32_t cv[8], const uint8_t block[BLOCK_LENGTH], uint32_t block_length, uint64_t counter,
    uint32_t flags) {
  uint32_t m[16];
  for (int i = 0; i < 16; i++) m[i] = load_word(block + 4 * i);

  uint32_t v[16];
  memcpy(v, cv, 32);
  memcpy(v + 8, initial_value, 16);
  v[12] = (uint32_t)counter;
  v[13] = (uint32_t)(counter >> 32);
  v[14] = block_length;
  v[15] = flags;

#pragma clang loop unroll(full)
  for (int round = 0; round < ROUNDS; round++) mix_round(v, m, schedule[round]);

  for (int i = 0; i < 8; i++) cv[i] = v[i] ^ v[i + 8];
}

void winch_blake3_store(const uint32_t cv[8], uint8_t out[HASH_LENGTH]) {
  for (int i = 0; i < HASH_LENGTH; i++) out[i] = (uint8_t)(cv[i / 4] >> (i % 4 * 8));
}

void winch_blake3_hash_many_portable(node_row row, uint8_t *out) {
  for (; row.count > 0; node_row_advance(&row, 1), out += HASH_LENGTH) {
    uint32_t cv[8];
    memcpy(cv, initial_value, sizeof cv);
    for (size_t block = 0; block < row.blocks; block++) {
      winch_blake3_compress(
          cv, row.first + block * BLOCK_LENGTH, BLOCK_LENGTH, node_counter(&row, 0),
          node_flags(&row, block));
    }
    winch_blake3_store(cv, out);
  }
}
