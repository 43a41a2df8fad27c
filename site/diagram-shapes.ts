/** A sequence diagram as positions: nothing here knows about SVG. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly lifelines: readonly Lifeline[];
  readonly arrows: readonly Arrow[];
  readonly crosses: readonly Point[];
  readonly mailboxes: readonly Point[];
  readonly texts: readonly Text[];
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Lifeline extends Point {
  readonly process: string;
  readonly label: string;
  readonly boxWidth: number;
  readonly endY: number;
}
export interface Arrow {
  readonly kind: "spawn" | "message" | "signal" | "bond";
  readonly from: Point;
  readonly to: Point;
}
export interface Text extends Point {
  readonly role: "message" | "note" | "time";
  readonly text: string;
  readonly full: string;
  readonly anchor: "start" | "middle" | "end";
  readonly width: number;
}
