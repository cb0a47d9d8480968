"""Takes the library out of a z3-solver wheel ($1) into a file ($2), loads it, and prints its version.

If that fails, it prints the reason and exits with 1. eng/provision.sh runs it.
"""
import ctypes
import sys
import zipfile

OLDEST = (4, 12)


def main(wheel, target):
    try:
        with zipfile.ZipFile(wheel) as files:
            names = [n for n in files.namelist() if n in ("z3/lib/libz3.so", "z3/lib/libz3.dylib")]
            if not names:
                return "it has no z3/lib/libz3"
            # Reading checks the sum that the wheel has for the file.
            library = files.read(names[0])
    except (OSError, zipfile.BadZipFile) as error:
        return f"it is damaged: {error}"

    with open(target, "wb") as file:
        file.write(library)
    try:
        z3 = ctypes.CDLL(target)
        z3.Z3_enable_concurrent_dec_ref
        numbers = [ctypes.c_uint() for _ in range(4)]
        z3.Z3_get_version(*[ctypes.byref(n) for n in numbers])
    except OSError as error:
        return f"its library cannot be loaded here: {error}"
    except AttributeError as error:
        return f"its library is no libz3 of version 4.12 or newer: {error}"

    version = [n.value for n in numbers][:3]
    if tuple(version) < OLDEST:
        return "its library is older than 4.12"
    print(*version, sep=".")
    return None


if __name__ == "__main__":
    problem = main(*sys.argv[1:])
    if problem:
        print(" ".join(problem.split()))
        sys.exit(1)
