/* What the toolchain's libFuzzer offers to programs that keep their own main function. */
#ifndef WENHUI_LIBFUZZER_H
#define WENHUI_LIBFUZZER_H

#include <stddef.h>
#include <stdint.h>

/* Reads libFuzzer's options from the arguments and gives `callback` one input after another. */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#endif
