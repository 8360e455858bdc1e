/* libpng, of which QRCodes uses the simplified interface alone. */
#ifndef WENHUI_CPNG_H
#define WENHUI_CPNG_H

#include <png.h>

#endif
