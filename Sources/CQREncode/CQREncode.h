/* libqrencode, which QRCodes makes its symbols with. */
#ifndef WENHUI_CQRENCODE_H
#define WENHUI_CQRENCODE_H

#include <qrencode.h>

#endif
