// Whoever reads what we print may have seen enough, as in `npm test | head`.
// Node would end with a stack, printed for somebody who has gone.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});
