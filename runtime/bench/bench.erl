%% The same works as in work/*.ts, as an Erlang programmer writes them.
%% main prints one line per run: microseconds, answer, bytes per idle process.
-module(bench).
-behaviour(gen_server).
-export([main/3, init/1, handle_call/3, handle_cast/2]).

-define(MEMBERS, 1000).
-define(SENDERS, 100).

main(Name, Size, Runs) ->
    %% In a fresh process each time, so that no heap has grown before.
    [begin
         {Micros, Answer, Bytes} = run(Name, Size),
         io:format("~p ~p ~p~n", [Micros, Answer, Bytes])
     end || _ <- lists:seq(1, Runs)],
    halt().

run(Name, Size) ->
    {Pid, Ref} = spawn_monitor(fun() -> exit({measured, measure(Name, Size)}) end),
    receive
        {'DOWN', Ref, process, Pid, {measured, Result}} -> Result;
        {'DOWN', Ref, process, Pid, Reason} -> exit(Reason)
    end.

measure(spawn, Size) ->
    Before = erlang:memory(total),
    Start = now_microseconds(),
    Children = start(Size, self(), []),
    Up = count_up(Size, 0),
    Micros = now_microseconds() - Start,
    Bytes = (erlang:memory(total) - Before) / Size,
    [Child ! stop || Child <- Children],
    {Micros, Up, Bytes};
measure(Name, Size) ->
    Start = now_microseconds(),
    Answer = work(Name, Size),
    {now_microseconds() - Start, Answer, 0}.

now_microseconds() -> erlang:monotonic_time(microsecond).

work('ping-pong', Rounds) -> ping(Rounds, 0, spawn(fun pong/0));
work('ping-pong-clauses', Rounds) -> ping(Rounds, 0, spawn(fun pong/0));
work('ping-pong-given-back', Rounds) -> ping(Rounds, 0, spawn(fun pong/0));
work(ring, Rounds) -> ring(Rounds);
work('fan-in', Each) -> fan_in(Each);
work(call, Calls) -> client(Calls, 0, spawn(fun server/0));
work('gen-server-call', Calls) ->
    {ok, Server} = gen_server:start(?MODULE, 0, []),
    Sum = gen_client(Calls, 0, Server),
    gen_server:stop(Server),
    Sum;
work('supervised-restart', Crashes) -> work(restart, Crashes);
work(restart, Crashes) ->
    process_flag(trap_exit, true),
    keeper(Crashes, 0, spawn_link(fun worker/0)).

%% Ping-pong: a loop is a tail call here, so one listing serves for both.
pong() ->
    receive
        {ping, _N, From} -> From ! pong, pong();
        stop -> ok
    end.

ping(0, Answered, Opponent) ->
    Opponent ! stop,
    Answered;
ping(N, Answered, Opponent) ->
    Opponent ! {ping, N, self()},
    receive pong -> ping(N - 1, Answered + 1, Opponent) end.

%% Ring
ring(Rounds) ->
    Next = ring_of(?MEMBERS - 1, self()),
    Hops = rounds(Rounds, 0, Next),
    Next ! stop,
    receive stop -> Hops end.

ring_of(0, Next) -> Next;
ring_of(Left, Next) -> ring_of(Left - 1, spawn(fun() -> member(Next) end)).

member(Next) ->
    receive
        {token, Hops} -> Next ! {token, Hops + 1}, member(Next);
        stop -> Next ! stop
    end.

rounds(0, Hops, _Next) -> Hops;
rounds(Left, Hops, Next) ->
    Next ! {token, Hops + 1},
    receive {token, More} -> rounds(Left - 1, More, Next) end.

%% Spawn
start(0, _Parent, Children) -> Children;
start(Left, Parent, Children) ->
    start(Left - 1, Parent, [spawn(fun() -> idle(Parent) end) | Children]).

idle(Parent) ->
    Parent ! up,
    receive stop -> ok end.

count_up(0, Up) -> Up;
count_up(Left, Up) -> receive up -> count_up(Left - 1, Up + 1) end.

%% Fan-in
fan_in(Each) ->
    Collector = self(),
    [spawn(fun() -> sender(1, Each, Collector) end)
     || _ <- lists:seq(1, ?SENDERS)],
    collect(?SENDERS * Each, 0).

sender(N, Count, _Collector) when N > Count -> ok;
sender(N, Count, Collector) ->
    Collector ! {add, N},
    sender(N + 1, Count, Collector).

collect(0, Sum) -> Sum;
collect(Left, Sum) -> receive {add, N} -> collect(Left - 1, Sum + N) end.

%% Call
server() ->
    receive
        {call, Ref, From, N} -> From ! {reply, Ref, N + 1}, server();
        stop -> ok
    end.

client(0, Value, Server) ->
    Server ! stop,
    Value;
client(Left, Value, Server) ->
    Ref = make_ref(),
    Server ! {call, Ref, self(), Value},
    receive {reply, Ref, Next} -> client(Left - 1, Next, Server) end.

%% Call of a generic server
init(Sum) -> {ok, Sum}.

handle_call({add, N}, _From, Sum) -> {reply, Sum + N, Sum + N}.

handle_cast(_, Sum) -> {noreply, Sum}.

gen_client(0, Sum, _Server) -> Sum;
gen_client(Left, _Sum, Server) ->
    gen_client(Left - 1, gen_server:call(Server, {add, 1}), Server).

%% Crash and restart. exit/1 is not logged, here as little as there.
worker() ->
    receive crash -> exit(crash) end.

keeper(0, Restarts, Child) ->
    unlink(Child),
    exit(Child, kill),
    Restarts;
keeper(Left, Restarts, Child) ->
    Child ! crash,
    receive
        {'EXIT', Child, crash} ->
            keeper(Left - 1, Restarts + 1, spawn_link(fun worker/0))
    end.
