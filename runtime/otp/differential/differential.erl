%% Plays scenarios under OTP's own supervisor and prints a trace of each, one
%% line a scenario. player.ts does the same under ours.
-module(differential).
-export([main/1, init/1, log/2, start/4, start_dynamic/4, worker/2]).

main(File) ->
    logger:remove_handler(default),
    logger:add_handler(differential, ?MODULE, #{}),
    {ok, Scenarios} = file:consult(File),
    lists:foreach(fun run/1, Scenarios),
    halt().

run({Tree, Extra, Actions, Names}) ->
    ets:new(log, [named_table, public, ordered_set]),
    ets:new(starts, [named_table, public]),
    ets:insert(log, {names, Names}),
    {_, Ref} = spawn_monitor(fun() -> play(Tree, Extra, Actions) end),
    receive {'DOWN', Ref, _, _, normal} -> ok end,
    All = ets:tab2list(log),
    Lines = [Line || {Place, event, Line} <- All, is_integer(Place)],
    Reports = [Line || {Place, report, Line} <- All, is_integer(Place)],
    io:put_chars([lists:join("|", Lines ++ ["reports" | Reports]), "\n"]),
    ets:delete(log),
    ets:delete(starts).

%% Written into a table at once, so that the order is the true one.
event(Format, Args) -> note(event, Format, Args).

note(Kind, Format, Args) ->
    Place = ets:update_counter(log, last, 1, {last, 0}),
    ets:insert(log, {Place, Kind, io_lib:format(Format, Args)}).

%% The logger's handler: it runs in the process that reports.
log(#{msg := {report, #{label := {supervisor, Context}, report := Report}}}, _)
  when Context =/= progress ->
    Offender = proplists:get_value(offender, Report),
    Reason = proplists:get_value(reason, Report),
    note(report, "~0p ~0p ~0p",
         [Context, proplists:get_value(id, Offender), plain(Reason)]);
log(_, _) -> ok.

play(Tree, Extra, Actions) ->
    process_flag(trap_exit, true),
    case start_tree(top, Tree) of
        {ok, Top} -> act(Top, Tree, Extra, Actions);
        {error, Reason} -> event("refused ~0p", [plain(Reason)])
    end.

act(Top, _, _, []) ->
    exit(Top, shutdown),
    ended(Top);
act(Top, Tree, Extra, [Action | Actions]) ->
    event("~0p", [Action]),
    Ends = do(Action, Tree, Extra),
    Settled = settle(top),
    [down(End) || End <- Ends],
    case Settled of
        gone -> ended(Top);
        ok -> show(top, Tree), act(Top, Tree, Extra, Actions)
    end.

ended(Top) -> receive {'EXIT', Top, Reason} -> event("ended ~0p", [Reason]) end.

%% Supervisors and workers
init(Result) -> Result.

start_tree(Name, {Strategy, Intensity, Auto, Plans}) ->
    Flags = #{strategy => Strategy, intensity => Intensity,
              period => 1000000, auto_shutdown => Auto},
    Specs = [spec(Strategy, Plan) || Plan <- Plans],
    supervisor:start_link({local, Name}, ?MODULE, {ok, {Flags, Specs}}).

spec(Strategy, {Id, Restart, Shutdown, Significant, Body, Fails, Ignores}) ->
    Start = case Strategy of
                simple_one_for_one -> {?MODULE, start_dynamic, [Body, Fails, Ignores]};
                _ -> {?MODULE, start, [Id, Body, Fails, Ignores]}
            end,
    {Type, Stop} = case Body of
                       {_, _, _, _} -> {supervisor, infinity};
                       _ -> {worker, Shutdown}
                   end,
    #{id => Id, restart => Restart, shutdown => Stop, type => Type,
      significant => Significant, start => Start}.

start_dynamic(Body, Fails, Ignores, Id) -> start(Id, Body, Fails, Ignores).

start(Id, Body, Fails, Ignores) ->
    case whereis(Id) of
        undefined -> start_anew(Id, Body, Fails, Ignores);
        _ -> {error, taken}
    end.

start_anew(Id, Body, Fails, Ignores) ->
    Count = ets:update_counter(starts, Id, 1, {Id, 0}),
    case {lists:member(Count, Fails), lists:member(Count, Ignores)} of
        {true, _} -> event("fail ~p", [Id]), {error, flaky};
        {_, true} -> event("ignore ~p", [Id]), ignore;
        _ when is_tuple(Body) -> start_tree(Id, Body);
        _ -> proc_lib:start_link(?MODULE, worker, [Id, Body])
    end.

worker(Id, Manners) ->
    [{names, Names}] = ets:lookup(log, names),
    event("start ~p beside ~0p", [Id, [N || N <- Names, whereis(N) =/= undefined]]),
    register(Id, self()),
    process_flag(trap_exit, Manners =/= plain),
    proc_lib:init_ack({ok, self()}),
    loop(Id, Manners).

loop(Id, Manners) ->
    receive
        {die, Reason} -> exit(Reason);
        {'EXIT', _, _} when Manners =:= stubborn -> loop(Id, Manners);
        {'EXIT', _, Reason} ->
            event("stop ~p ~0p", [Id, Reason]),
            exit(Reason)
    end.

%% Actions: each gives the ends that it has caused. They are written down when
%% all has settled, since nothing says what of the rest comes before them.
do({die, Id, Reason}, _, _) -> [strike(Id, fun(Pid) -> Pid ! {die, Reason} end)];
do({signal, Id, Reason}, _, _) -> [strike(Id, fun(Pid) -> exit(Pid, Reason) end)];
do({together, Sup, Ids, Reason}, _, _) ->
    case whereis(Sup) of
        undefined -> event("gone", []), [];
        Pid ->
            sys:suspend(Sup),
            Ends = [strike_seen(Pid, Id, Reason) || Id <- Ids],
            sys:resume(Sup),
            Ends
    end;
do({start, Sup, Id}, Tree, Extra) ->
    {Strategy, _, _, Plans} = find_tree(Sup, top, Tree),
    What = case Strategy of
               simple_one_for_one -> [Id];
               _ -> spec(Strategy, lists:keyfind(Id, 1, Plans ++ Extra))
           end,
    ask(fun() -> supervisor:start_child(Sup, What) end);
do({terminate, Sup, Id}, Tree, _) ->
    Child = case find_tree(Sup, top, Tree) of
                {simple_one_for_one, _, _, _} ->
                    case whereis(Id) of undefined -> self(); Pid -> Pid end;
                _ -> Id
            end,
    ask(fun() -> supervisor:terminate_child(Sup, Child) end);
do({restart, Sup, Id}, _, _) -> ask(fun() -> supervisor:restart_child(Sup, Id) end);
do({delete, Sup, Id}, _, _) -> ask(fun() -> supervisor:delete_child(Sup, Id) end).

%% The end of a worker, waited for; or that there is none.
strike(Id, Strike) ->
    case whereis(Id) of
        undefined -> {Id, nobody};
        Pid ->
            Ref = monitor(process, Pid),
            Strike(Pid),
            receive {'DOWN', Ref, _, _, Reason} -> {Id, Reason} end
    end.

%% The same, and the supervisor has the news in its mailbox.
strike_seen(Sup, Id, Reason) ->
    {_, Before} = process_info(Sup, message_queue_len),
    End = strike(Id, fun(Pid) -> Pid ! {die, Reason} end),
    case End of
        {Id, nobody} -> ok;
        _ -> await_length(Sup, Before + 1)
    end,
    End.

await_length(Sup, Length) ->
    case process_info(Sup, message_queue_len) of
        {_, Enough} when Enough >= Length -> ok;
        _ -> erlang:yield(), await_length(Sup, Length)
    end.

down({Id, nobody}) -> event("nobody ~p", [Id]);
down({Id, Reason}) -> event("down ~p ~0p", [Id, Reason]).

ask(Fun) ->
    Answer = try plain(Fun()) catch exit:_ -> gone end,
    event("answer ~0p", [Answer]),
    [].

find_tree(Name, Name, Tree) -> Tree;
find_tree(Name, _, {_, _, _, Plans}) ->
    hd([Found || {Id, _, _, _, {_, _, _, _} = Tree, _, _} <- Plans,
                 Found <- [find_tree(Name, Id, Tree)]] ++ [{one_for_one, 0, never, []}]).

%% Waits until every supervisor has dealt with every death, or top has gone.
settle(Name) ->
    case settled(Name) of
        gone -> gone;
        true -> ok;
        false -> erlang:yield(), settle(Name)
    end.

settled(Name) ->
    try supervisor:which_children(Name) of
        Children -> lists:all(fun child_settled/1, Children)
    catch exit:_ -> gone
    end.

child_settled({_, undefined, _, _}) -> true;
child_settled({_, restarting, _, _}) -> false;
child_settled({_, Pid, worker, _}) -> is_process_alive(Pid);
child_settled({_, Pid, supervisor, _}) -> settled(Pid) =:= true.

%% The children and their numbers, of top and then of those below.
show(Name, {Strategy, _, _, Plans}) ->
    try {supervisor:which_children(Name), supervisor:count_children(Name)} of
        {Children, Counts} ->
            Texts = [[name(Id, Pid), "=", state(Id, Pid)] || {Id, Pid, _, _} <- Children],
            Ordered = case Strategy of
                          simple_one_for_one -> lists:sort([lists:flatten(T) || T <- Texts]);
                          _ -> Texts
                      end,
            event("~p [~s] ~0p", [Name, lists:join(" ", Ordered),
                  list_to_tuple([proplists:get_value(K, Counts)
                                 || K <- [specs, active, supervisors, workers]])]),
            [show(Id, Tree) || {Id, _, _, _, {_, _, _, _} = Tree, _, _} <- Plans]
    catch exit:_ -> event("~p gone", [Name])
    end.

name(undefined, Pid) when is_pid(Pid) ->
    case process_info(Pid, registered_name) of
        {registered_name, Name} -> atom_to_list(Name);
        _ -> "nameless"
    end;
name(Id, _) -> atom_to_list(Id).

state(undefined, Pid) when is_pid(Pid) -> "up";
state(Id, Pid) when is_pid(Pid) ->
    case whereis(Id) of Pid -> "up"; _ -> "other" end;
state(_, Word) -> atom_to_list(Word).

%% Pids differ; of a child in an error only the id is looked at.
plain(Pid) when is_pid(Pid) -> pid;
plain(Child) when is_tuple(Child), tuple_size(Child) > 5, element(1, Child) =:= child ->
    element(3, Child);
plain(Tuple) when is_tuple(Tuple) ->
    list_to_tuple([plain(Field) || Field <- tuple_to_list(Tuple)]);
plain(Other) -> Other.
