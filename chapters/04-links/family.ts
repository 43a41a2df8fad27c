import type { Process, Self } from "#runtime";

// #region family
export function* ann(self: Self<never>): Process {
  self.spawnLink(bob);
  yield* self.receive();
}

function* bob(self: Self<never>): Process {
  self.spawnLink(cleo);
  yield* self.sleep(1);
  self.exit("boom");
}

function* cleo(self: Self<never>): Process {
  yield* self.receive();
}
// #endregion
