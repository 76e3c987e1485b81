/*
 * replay: runs a fuzz target over its seeds without libFuzzer, so that "make check" always does.
 *
 * Usage: fuzz_X.test [FILE|FOLDER]...; without arguments $top_srcdir/tests/fuzz/seeds/X.  Prints
 * TAP.
 */
#include "test.h"

#include <dirent.h>
#include <libgen.h>

#include "buf.h"
#include "fdio.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { SEED_MAX = 4 << 20 };

static int replay_file(const char *path)
{
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	char *copy;

	if (file_read(&b, path, SEED_MAX, &e) < 0) {
		printf("Bail out! %s\n", e.text);
		exit(1);
	}
	copy = exact_copy(b.s, b.len);
	LLVMFuzzerTestOneInput((const uint8_t *)copy, b.len);
	free(copy);
	buf_clear(&b);
	return 1;
}

static int replay(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *entry;
	int n = 0;

	if (d == NULL)
		return replay_file(path);
	while ((entry = readdir(d)) != NULL) {
		struct buf name = BUF_INIT;

		if (entry->d_name[0] == '.')
			continue;
		buf_printf(&name, "%s/%s", path, entry->d_name);
		n += replay(name.s);
		buf_clear(&name);
	}
	closedir(d);
	return n;
}

/* ".../fuzz_words.test" -> "words" */
static void seed_folder(struct buf *out, char *program)
{
	const char *top = getenv("top_srcdir");
	char *name = basename(program), *dot = strrchr(name, '.');

	if (dot != NULL)
		*dot = '\0';
	buf_printf(out, "%s/tests/fuzz/seeds/%s", top ? top : ".",
		   strncmp(name, "fuzz_", 5) == 0 ? name + 5 : name);
}

int main(int argc, char **argv)
{
	struct buf folder = BUF_INIT;
	int n = 0;

	for (int i = 1; i < argc; i++)
		n += replay(argv[i]);
	if (argc == 1) {
		seed_folder(&folder, argv[0]);
		n = replay(folder.s);
	}
	buf_clear(&folder);
	printf("1..1\n%sok 1 - %d seeds replayed\n", n > 0 ? "" : "not ", n);
	return n > 0 ? 0 : 1;
}
