/* What Cryptography uses of OpenSSL's libcrypto (3.0 or newer); nothing of libssl. */
#ifndef WENHUI_COPENSSL_H
#define WENHUI_COPENSSL_H

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/params.h>

/* Parts of a key; Swift cannot read OpenSSL's macros of these values. */
static const int WENHUI_PUBLIC_KEY = EVP_PKEY_PUBLIC_KEY;
static const int WENHUI_KEY_PAIR = EVP_PKEY_KEYPAIR;

#endif
