/*
 * banned: libc functions nobody may call; a use is a compile error that names the function.
 *
 * Each of them has overrun buffers, kept hidden state or followed the locale in some mail program
 * before. Use buf_printf, snprintf, strtok_r, the date functions of clock.h and the parsers of
 * num.h.
 */
#ifndef SEINPOST_BANNED_H
#define SEINPOST_BANNED_H

#define BANNED(f) sorry_##f##_is_a_banned_function

#undef strcpy
#define strcpy(d, s) BANNED(strcpy)
#undef strcat
#define strcat(d, s) BANNED(strcat)
#undef strncpy
#define strncpy(d, s, n) BANNED(strncpy)
#undef strncat
#define strncat(d, s, n) BANNED(strncat)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef strtok
#define strtok(s, d) BANNED(strtok)
#undef gmtime
#define gmtime(t) BANNED(gmtime)
#undef localtime
#define localtime(t) BANNED(localtime)
#undef ctime
#define ctime(t) BANNED(ctime)
#undef asctime
#define asctime(t) BANNED(asctime)
#undef atoi
#define atoi(s) BANNED(atoi)
#undef atol
#define atol(s) BANNED(atol)
#undef rand
#define rand() BANNED(rand)
#undef random
#define random() BANNED(random)
#undef system
#define system(c) BANNED(system)

#endif
