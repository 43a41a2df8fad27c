-module(links).
-export([tell/1]).

%% In a process of its own: the one that `erl -eval` runs in traps exits.
tell(Name) ->
    {Teller, Ref} = spawn_monitor(fun() -> story(Name) end),
    receive {'DOWN', Ref, process, Teller, normal} -> ok end.

story(linked) -> row(boom), row(shutdown), row(normal), twice();
story(trapping) -> guardian();
story(gap) -> gap();
story(watching) -> watching();
story(table) -> table();
story(sent) -> sent().

%% #region member
member() ->
    receive
        {link, Other} -> link(Other), member();
        {unlink, Other} -> unlink(Other), member();
        {'end', Reason} -> exit(Reason)
    end.
%% #endregion

row(Reason) ->
    Members = [spawn(fun member/0) || _ <- lists:seq(1, 5)],
    [Before ! {link, Next} ||
        {Before, Next} <- lists:zip(lists:droplast(Members), tl(Members))],
    timer:sleep(100),
    lists:nth(3, Members) ! {'end', Reason},
    timer:sleep(100),
    Left = length([P || P <- Members, is_process_alive(P)]),
    io:format("The middle one ends with ~p: ~p are left.~n", [Reason, Left]).

twice() ->
    Ann = spawn(fun member/0),
    Bob = spawn(fun member/0),
    Ann ! {link, Bob},
    Bob ! {link, Ann},
    timer:sleep(100),
    Bob ! {unlink, Ann},
    timer:sleep(100),
    Ann ! {'end', boom},
    timer:sleep(100),
    io:format("Linked twice, unlinked once: bob is alive: ~p.~n",
              [is_process_alive(Bob)]).

%% #region trapping
guardian() ->
    process_flag(trap_exit, true),
    spawn_link(fun() -> ok end),
    timer:sleep(100),
    spawn_link(fun() -> exit(boom) end),
    [receive
         {'EXIT', _From, Reason} ->
             io:format("One has ended: ~p~n", [Reason])
     end || _ <- [1, 2]].
%% #endregion

gap() ->
    First = spawn(fun() -> exit(boom) end),
    timer:sleep(100),
    try link(First)
    catch error:Code -> io:format("spawn, then link: the error ~p~n", [Code])
    end,
    process_flag(trap_exit, true),
    link(First),
    io:format("the same, trapping exits: ~p~n", [next_reason()]),
    spawn_link(fun() -> exit(boom) end),
    io:format("spawnLink: ~p~n", [next_reason()]).

next_reason() ->
    receive {'EXIT', _From, Reason} -> Reason end.

watching() ->
    Server = spawn(fun member/0),
    Refs = [monitor(process, Server), monitor(process, Server)],
    spawn(fun() -> monitor(process, Server), exit(boom) end),
    timer:sleep(100),
    io:format("A watcher has died. The server is alive: ~p~n",
              [is_process_alive(Server)]),
    Server ! {'end', bye},
    [io:format("watched: ~p~n", [reason_from(Ref)]) || Ref <- Refs],
    Late = monitor(process, Server),
    io:format("watched too late: ~p~n", [reason_from(Late)]).

reason_from(Ref) ->
    receive {'DOWN', Ref, process, _Pid, Reason} -> Reason end.

%% Who dies, who hears.
table() ->
    line(["the other", "linked", "linked, trapping", "watching"]),
    [line([Ending | [play(Relation, Ending)
                     || Relation <- [linked, trapping, watching]]])
     || Ending <- ["returns", "exits normal", "exits shutdown", "exits boom",
                   "has an error", "throws ball", "exits kill",
                   "is sent kill", "was dead before"]].

finish("returns") -> ok;
finish("exits " ++ Reason) -> exit(list_to_atom(Reason));
finish("has an error") -> error(boom);
finish("throws ball") -> throw(ball);
finish("was dead before") -> ok.

play(Relation, Ending) ->
    Victim = spawn(fun() -> receive now -> finish(Ending) end end),
    case Ending of
        "was dead before" -> Victim ! now, timer:sleep(100);
        _ -> ok
    end,
    Main = self(),
    {_, Ref} = spawn_monitor(
                 fun() -> witness(Relation, Ending, Victim, Main) end),
    fate(Ref).

fate(Ref) ->
    receive
        {hears, What} -> demonitor(Ref, [flush]), What;
        {'DOWN', Ref, process, _, Reason} -> "dies: " ++ words(Reason)
    end.

%% #region witness
witness(Relation, Ending, Victim, Main) ->
    process_flag(trap_exit, Relation =:= trapping),
    case Relation of
        watching -> monitor(process, Victim);
        _ -> link(Victim)
    end,
    case Ending of
        "is sent kill" -> exit(Victim, kill);
        _ -> Victim ! now
    end,
    Heard = receive
        {'EXIT', _From, Reason} -> "EXIT " ++ words(Reason);
        {'DOWN', _Ref, process, _Pid, Reason} -> "DOWN " ++ words(Reason)
    after 300 -> "lives, hears nothing"
    end,
    Main ! {hears, Heard}.
%% #endregion

sent() ->
    line3(["a stranger's", "not trapping", "trapping"]),
    [line3([What, send(What, false), send(What, true)])
     || What <- ["signal normal", "signal shutdown", "signal boom",
                 "signal kill", "signal killed", "message EXIT"]].

send(What, Trapping) ->
    Main = self(),
    {Pid, Ref} = spawn_monitor(fun() -> target(Trapping, Main) end),
    receive ready -> ok end,
    case What of
        "signal " ++ Reason -> exit(Pid, list_to_atom(Reason));
        "message EXIT" -> Pid ! {'EXIT', self(), boom}
    end,
    fate(Ref).

target(Trapping, Main) ->
    process_flag(trap_exit, Trapping),
    Main ! ready,
    Heard = receive
        {'EXIT', _From, Reason} -> "reads EXIT " ++ words(Reason)
    after 300 -> "lives, hears nothing"
    end,
    Main ! {hears, Heard}.

%% An error comes with a stack, which is not compared.
words({Why, [{_, _, _, _} | _]}) when is_atom(Why) ->
    case Why of
        boom -> "the error";
        _ -> "error " ++ atom_to_list(Why)
    end;
words({{nocatch, What}, _Stack}) -> "nocatch " ++ words(What);
words(Reason) -> atom_to_list(Reason).

line([First, Second, Third, Last]) ->
    io:format("~-17s~-22s~-20s~s~n", [First, Second, Third, Last]).

line3([First, Second, Third]) ->
    io:format("~-17s~-22s~s~n", [First, Second, Third]).
