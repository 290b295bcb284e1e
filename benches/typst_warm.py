"""How long Typst takes for new PDF bytes after one changed word, in milliseconds: typst_warm.py LETTER.typ FONTS"""

import statistics
import sys
import time

import typst

path, fonts = sys.argv[1:]
source = open(path, encoding="utf-8").read()
place = source.index(" the ", len(source) // 2)
compiler = typst.Compiler(path, font_paths=[fonts], ignore_system_fonts=True)
times = []
for run in range(60):
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{source[:place]} the {run} {source[place + 5:]}")
    start = time.perf_counter()
    compiler.compile()
    times.append((time.perf_counter() - start) * 1e3)
print(round(statistics.median(times), 2))
