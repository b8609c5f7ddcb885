#pragma once

#include "CPictures.h"

/// Without `pixels`, `size` is read; with them it is what was read before.
int picture_read_png(const uint8_t *bytes, size_t count, picture_size *size, uint16_t *pixels, char words[PICTURE_WORDS]);
int picture_read_jpeg(const uint8_t *bytes, size_t count, picture_size *size, uint16_t *pixels, char words[PICTURE_WORDS]);
