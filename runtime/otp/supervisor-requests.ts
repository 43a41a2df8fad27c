import type { Step } from "../core/message.ts";
import { isPid } from "../core/pid.ts";
import { isProcessAlive } from "../core/world.ts";
import { checkSpec } from "./check-spec.ts";
import { type Child, childOf } from "./child.ts";
import type { ChildSpec } from "./child-spec.ts";
import type { CallClauses } from "./gen-server-callbacks.ts";
import { start } from "./start-child.ts";
import type {
  Began,
  ChildCounts,
  ListedChild,
  Refused,
  SupervisorProtocol,
} from "./supervisor-protocol.ts";
import type { Children } from "./supervisor-state.ts";

const error = (reason: unknown): Refused => ["error", reason];

/** The administration of children: a clause for each request. */
export const handleRequest: CallClauses<SupervisorProtocol, Children> = {
  *start_child(_self, children, wanted) {
    const answer = children.template
      ? yield* startDynamic(children, wanted as readonly unknown[])
      : yield* startNew(children, wanted as ChildSpec);
    return ["reply", answer, children];
  },

  *terminate_child(_self, children, wanted) {
    const child = isPid(wanted)
      ? children.withFormerPid(wanted)
      : children.withId(wanted);
    // By pid only those are found that have no name of their own.
    if (children.template && !isPid(wanted)) {
      return ["reply", error("simple_one_for_one"), children];
    }
    if (!child || (!children.template && isPid(wanted))) {
      return ["reply", error("not_found"), children];
    }
    yield* children.stop(child);
    if (children.template || child.spec.restart === "temporary") {
      children.remove(child);
    }
    return ["reply", "ok", children];
  },

  *restart_child(_self, children, id) {
    const child = found(children, id);
    if (!isChild(child)) return ["reply", child, children];
    return ["reply", yield* began(children, child), children];
  },

  delete_child(_self, children, id) {
    const child = found(children, id);
    if (!isChild(child)) return ["reply", child, children];
    children.remove(child);
    return ["reply", "ok", children];
  },

  which_children(_self, children) {
    // The youngest first, as OTP lists them.
    const { template } = children;
    const listed = children.list.map((child): ListedChild => {
      const { spec, pid, isRestarting } = child;
      // Dynamic children have one spec between them, and no ids of their own.
      const id = template ? undefined : spec.id;
      return [id, isRestarting ? "restarting" : pid, spec.type];
    });
    return ["reply", listed.reverse(), children];
  },

  count_children(_self, children) {
    return ["reply", countsOf(children), children];
  },

  get_childspec(_self, children, wanted) {
    const spec = isPid(wanted)
      ? children.template && children.withFormerPid(wanted)?.spec
      : specNamed(children, wanted);
    const answer = spec ? (["ok", spec] as const) : error("not_found");
    return ["reply", answer, children];
  },
};

function specNamed(children: Children, id: string) {
  const { template } = children;
  return template?.id === id ? template : children.withId(id)?.spec;
}

function* startNew(children: Children, wanted: ChildSpec): Step<Began> {
  const checked = checkSpec(wanted, children.flags.autoShutdown);
  if (checked[0] === "error") return error(checked[1]);
  const present = children.withId(checked[1].id);
  if (present) {
    return error(
      present.pid ? ["already_started", present.pid] : "already_present",
    );
  }
  const child = childOf(checked[1]);
  const answer = yield* began(children, child);
  const isKept =
    answer[0] === "ok" &&
    (child.pid !== undefined || child.spec.restart !== "temporary");
  if (isKept) children.add(child);
  if (answer[0] === "error") {
    // OTP says who could not be started, where the spec says nothing to keep.
    return error([answer[1], child.spec.id]);
  }
  return answer;
}

function* startDynamic(
  children: Children,
  extra: readonly unknown[],
): Step<Began> {
  const child = childOf(children.template as Child["spec"], extra);
  const answer = yield* began(children, child);
  if (child.pid) children.add(child);
  return answer;
}

function* began(children: Children, child: Child): Step<Began> {
  const started = yield* start(children, child);
  return started === "ignore" ? ["ok", undefined] : started;
}

/** A child that has a spec and does not run, or why it is not one. */
function found(children: Children, id: string): Child | Refused {
  if (children.template) return error("simple_one_for_one");
  const child = children.withId(id);
  if (!child) return error("not_found");
  if (child.isRestarting) return error("restarting");
  return child.pid ? error("running") : child;
}

function isChild(child: Child | Refused): child is Child {
  return !Array.isArray(child);
}

function countsOf({ list, template }: Children): ChildCounts {
  // One that was not linked may have died unseen; it does not count as active.
  const isActive = ({ pid }: Child) => pid !== undefined && isProcessAlive(pid);
  const supervisors = list.filter(({ spec }) => spec.type === "supervisor");
  return {
    specs: template ? 1 : list.length,
    active: list.filter(isActive).length,
    supervisors: supervisors.length,
    workers: list.length - supervisors.length,
  };
}
