#include "CPictures.h"

#include <string.h>

#include "formats.h"

int picture_read_size(const uint8_t *bytes, size_t count, picture_size *size, char words[PICTURE_WORDS]) {
    return picture_read(bytes, count, size, NULL, words);
}

int picture_read(const uint8_t *bytes, size_t count, const picture_size *size, uint16_t *pixels, char words[PICTURE_WORDS]) {
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static const uint8_t jpeg[] = {0xff, 0xd8, 0xff};
    if (count >= sizeof png && memcmp(bytes, png, sizeof png) == 0) return picture_read_png(bytes, count, (picture_size *)size, pixels, words);
    if (count >= sizeof jpeg && memcmp(bytes, jpeg, sizeof jpeg) == 0) return picture_read_jpeg(bytes, count, (picture_size *)size, pixels, words);
    strcpy(words, count == 0 ? "it is empty" : "it is neither a PNG nor a JPEG");
    return 1;
}
