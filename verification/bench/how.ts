/** How the figures of the report were taken. */
export const HOW = `## How they were taken

- **Server milliseconds** are counted, not timed: each request is charged what it cost a running
  server (docs/forge-facts.md, 12). Lists are charged by their rows, a combined status and a page
  of the history by the request. What nobody timed is charged 5 ms, which is a guess: the version,
  the lists of runs and tasks, files, writes. A single pull is charged like a row of the list, a
  guess too. A list never costs less than 5 ms.
- **The server** is the simulator of this repository in a process of its own; its answers are,
  byte for byte, those the other tests use. A delay is added to every answer, and a second one to
  the first answer of a connection: the handshake of TCP takes a round trip. The serial client
  alone opens one for each request; TLS, which would cost it more, is not counted.
  \`busy\` makes an answer also take its server milliseconds, two at a time.
- **The floor** is one page for each 50 pulls, one request a head and one write for each stale
  umbrella; its server milliseconds are those of the cheapest such reading on that version.
- **The serial client** (\`serial-client.ts\`) is plain: pages of pulls, one combined status a
  pull, one request after the other, a new connection each. It repairs what it thinks stale and
  knows no races; its verdicts on these repositories are right.
- **The previous release** is the bundle that its commit holds, with the inputs it knows. It has
  no \`concurrency\` and asks four at a time.
- **Repositories** have so many pulls with one run each. Of the red ones every other is stale and
  the rest have a failed job; they are spread evenly. Every client writes statuses (\`remedy:
  status\`), as many as it proves. A run counts only if it judged all pulls and left exactly the
  really red umbrellas red.
- **Wall time** is from the start of the process to its end; **processor time** and **peak
  memory** are what the process says of itself at its end. Processor time a pull, peak memory, cold
  starts and wall time without a delay are medians of several runs, in turns; the ratio a pull is
  the median of the turns' own ratios, with the least and the largest.
- **GitHub** is its simulator in a process of its own, asked by GraphQL, a hundred pulls a page.
  Nothing is red, so no head is studied. Sweeps of this part can be taken alone (\`--github\`), by
  a later commit than the rest.
- **The grid** is no full product: each version at one size, two versions at seven sizes, one
  version over four delays, two with a busy server, one for processor time, two for memory. Where
  fewer pulls stand beside a longer delay it is because the serial client takes a round trip for
  each.
`.trimEnd()
