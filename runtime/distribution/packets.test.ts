import fc from "fast-check";
import { expect, test } from "vitest";
import { DistributionError } from "./distribution-error.ts";
import { measured, PacketReader, packet } from "./packets.ts";

const contents = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });

test("packets come out as they went in, in whatever pieces the bytes arrive", () => {
  fc.assert(
    fc.property(
      contents,
      fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
      (all, sizes) => {
        const stream = Buffer.concat(all.map((one) => packet(one)));
        const reader = new PacketReader(1_000);
        const read: number[][] = [];
        for (let at = 0; at < stream.length; ) {
          const size = sizes.next().value as number;
          reader.push(stream.subarray(at, at + size), (one) => {
            read.push([...one]);
          });
          at += size;
        }
        expect(read).toEqual(all.map((one) => [...one]));
      },
    ),
  );
});

test("a packet is put together from its parts", () => {
  const parts = [Uint8Array.of(112), Uint8Array.of(1, 2)];
  expect([...packet(...parts)]).toEqual([0, 0, 0, 3, 112, 1, 2]);
  const long = measured(new Uint8Array(0x01_02_03 + 4));
  expect([...long.subarray(0, 5)]).toEqual([0, 1, 2, 3, 0]);
});

test("a packet above the limit is refused by its length alone", () => {
  const read = (announcedBytes: number) =>
    new PacketReader(10).push(Uint8Array.of(0, 0, 0, announcedBytes), () => {});
  expect(() => read(11)).toThrow(DistributionError);
  expect(() => read(10)).not.toThrow();
});
