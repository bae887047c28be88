#include "blake3.h"
#include "CBlake3.h"

#include <string.h>

_Static_assert(
    sizeof((winch_blake3_hasher *)0)->pending == CHUNK_LENGTH, "a chunk fits into pending");
_Static_assert(WINCH_BLAKE3_HASH_LENGTH == HASH_LENGTH, "one length of a hash");

/// Chunks in a row, a power of two: enough that almost all parents above them fill all lanes.
enum { ROW_LENGTH = sizeof((winch_blake3_hasher *)0)->row / HASH_LENGTH };

void winch_blake3_init(winch_blake3_hasher *hasher) { winch_blake3_init_subtree(hasher, 0); }

void winch_blake3_init_subtree(winch_blake3_hasher *hasher, uint64_t first_chunk) {
  memset(hasher, 0, sizeof *hasher);
  hasher->first_chunk = first_chunk;
}

void winch_blake3_parent(
    const uint8_t *left, const uint8_t *right, bool is_root, uint8_t *out) {
  uint8_t block[BLOCK_LENGTH];
  memcpy(block, left, HASH_LENGTH);
  memcpy(block + HASH_LENGTH, right, HASH_LENGTH);
  uint32_t cv[8];
  memcpy(cv, initial_value, sizeof cv);
  winch_blake3_compress(cv, block, BLOCK_LENGTH, 0, PARENT | (is_root ? ROOT : 0));
  winch_blake3_store(cv, out);
}

/// Puts the parents of neighbouring values in their place, none of them the root. The last of
/// an odd number goes up by itself. Returns how many there are now.
static size_t fold_level(uint8_t *values, size_t count) {
  winch_blake3_hash_many(parents_of(values, count / 2), values);
  if (count % 2 == 0) return count / 2;
  memcpy(values + count / 2 * HASH_LENGTH, values + (count - 1) * HASH_LENGTH, HASH_LENGTH);
  return count / 2 + 1;
}

/// Values on the stack: one for each bit that is set in `row_count`.
static int stack_depth(const winch_blake3_hasher *hasher) {
  return __builtin_popcountll(hasher->row_count);
}

/// Folds a full row into one value and that into the stack, joining subtrees of equal width.
/// None of them is the root, because a byte behind them is there.
static void make_room(winch_blake3_hasher *hasher) {
  if (hasher->value_count < ROW_LENGTH) return;
  for (size_t count = ROW_LENGTH; count > 1;) count = fold_level(hasher->row, count);
  int depth = stack_depth(hasher);
  memcpy(hasher->stack + depth * HASH_LENGTH, hasher->row, HASH_LENGTH);
  depth++;
  hasher->row_count++;
  hasher->value_count = 0;
  for (; depth > stack_depth(hasher); depth--) {
    fold_level(hasher->stack + (depth - 2) * HASH_LENGTH, 2);
  }
}

/// The number of the chunk that comes next.
static uint64_t next_chunk(const winch_blake3_hasher *hasher) {
  return hasher->first_chunk + hasher->row_count * ROW_LENGTH + hasher->value_count;
}

/// Hashes whole chunks: one at `first`, all others at `rest`.
static void append_chunks(
    winch_blake3_hasher *hasher, const uint8_t *first, const uint8_t *rest, size_t count) {
  node_row chunks = {
      .first = first,
      .rest = rest,
      .count = count,
      .blocks = BLOCKS_PER_CHUNK,
      .first_chunk = next_chunk(hasher),
  };
  while (chunks.count > 0) {
    make_room(hasher);
    size_t space = ROW_LENGTH - hasher->value_count;
    node_row part = chunks;
    if (part.count > space) part.count = space;
    winch_blake3_hash_many(part, hasher->row + hasher->value_count * HASH_LENGTH);
    hasher->value_count += part.count;
    node_row_advance(&chunks, part.count);
  }
}

/// Moves bytes into `pending` until it is full or they are used up. Returns how many.
static size_t fill_pending(winch_blake3_hasher *hasher, const uint8_t *bytes, size_t count) {
  if (count == 0) return 0;
  make_room(hasher);
  size_t space = CHUNK_LENGTH - hasher->pending_count;
  size_t taken = count < space ? count : space;
  memcpy(hasher->pending + hasher->pending_count, bytes, taken);
  hasher->pending_count += taken;
  return taken;
}

/// Whether the chunk that comes next could turn out to be the root.
static bool is_first(const winch_blake3_hasher *hasher) {
  return hasher->row_count == 0 && hasher->value_count == 0;
}

void winch_blake3_update(winch_blake3_hasher *hasher, const void *input, size_t count) {
  if (count == 0) return;
  const uint8_t *bytes = input;

  const uint8_t *first = bytes;
  size_t held = 0;
  if (hasher->pending_count > 0) {
    size_t taken = fill_pending(hasher, bytes, count);
    bytes += taken;
    count -= taken;
    if (hasher->pending_count < CHUNK_LENGTH) return;
    first = hasher->pending;
    held = 1;
  }

  size_t chunks = held + count / CHUNK_LENGTH;
  size_t left = count % CHUNK_LENGTH;
  if (chunks == 1 && left == 0 && is_first(hasher)) {
    if (held == 0) fill_pending(hasher, bytes, count);
    return;
  }
  append_chunks(hasher, first, held ? bytes : bytes + CHUNK_LENGTH, chunks);
  hasher->pending_count = 0;
  fill_pending(hasher, bytes + (count - left), left);
}

/// The chaining value of the last chunk, which may be short, and empty if it is the only one.
static void hash_last_chunk(const winch_blake3_hasher *hasher, uint32_t root, uint8_t *out) {
  uint32_t cv[8];
  memcpy(cv, initial_value, sizeof cv);
  uint64_t counter = next_chunk(hasher);
  size_t start = 0;
  uint32_t flags = CHUNK_START;
  for (; hasher->pending_count - start > BLOCK_LENGTH; start += BLOCK_LENGTH, flags = 0) {
    winch_blake3_compress(cv, hasher->pending + start, BLOCK_LENGTH, counter, flags);
  }
  uint8_t block[BLOCK_LENGTH] = {0};
  uint32_t length = (uint32_t)(hasher->pending_count - start);
  memcpy(block, hasher->pending + start, length);
  winch_blake3_compress(cv, block, length, counter, flags | CHUNK_END | root);
  winch_blake3_store(cv, out);
}

/// Writes the value of the node above all bytes so far.
static void finalize(const winch_blake3_hasher *hasher, bool is_root, uint8_t *out) {
  uint8_t values[(ROW_LENGTH + 1) * HASH_LENGTH];
  size_t count = hasher->value_count;
  memcpy(values, hasher->row, count * HASH_LENGTH);
  if (hasher->pending_count > 0 || is_first(hasher)) {
    uint32_t root = is_root && is_first(hasher) ? ROOT : 0;
    hash_last_chunk(hasher, root, values + count * HASH_LENGTH);
    count++;
  }

  while (count > 2) count = fold_level(values, count);
  int depth = stack_depth(hasher);
  if (count == 2) {
    winch_blake3_parent(values, values + HASH_LENGTH, is_root && depth == 0, values);
  }
  while (depth > 0) {
    depth--;
    const uint8_t *left = hasher->stack + depth * HASH_LENGTH;
    winch_blake3_parent(left, values, is_root && depth == 0, values);
  }
  memcpy(out, values, HASH_LENGTH);
}

void winch_blake3_finalize(const winch_blake3_hasher *hasher, uint8_t *out) {
  finalize(hasher, true, out);
}

void winch_blake3_finalize_subtree(const winch_blake3_hasher *hasher, uint8_t *out) {
  finalize(hasher, false, out);
}
