-module(trycatch).
-export([classes/0, only_thrown/0, any_loss/0, protected/0, reasons/0,
         crash/0]).

%% #region ending
ending(Run) ->
    try Run() of
        Value -> {returned, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
%% #endregion

%% #region endings
four_endings() ->
    [fun() -> ok end,
     fun() -> throw({lost_connection, "cable cut"}) end,
     fun() -> error("a mistake in this program") end,
     fun() -> exit("no more to do") end].
%% #endregion

classes() ->
    [begin {How, What} = ending(Run), print([How, ": ", told(What)]) end
     || Run <- four_endings()].

%% #region send
send_message(_Text, open) -> ok;
send_message(_Text, cut) -> throw({lost_connection, "cable cut"});
send_message(_Text, gone) -> exit({lost_connection, "nobody there"});
send_message(_Text, misspelt) -> error("no line of that name").
%% #endregion

%% #region article
only_thrown(Line) ->
    try send_message("hi", Line) of
        ok -> "sent"
    catch
        {lost_connection, Why} -> "not sent, " ++ Why
    end.
%% #endregion

%% #region lost
any_loss(Line) ->
    try send_message("hi", Line) of
        ok -> "sent"
    catch
        throw:{lost_connection, Why} -> "not sent, " ++ Why;
        exit:{lost_connection, Why} -> "not sent, " ++ Why
    end.
%% #endregion

only_thrown() -> sending(fun only_thrown/1).
any_loss() -> sending(fun any_loss/1).

sending(Sender) ->
    [begin
         Client = fun() -> print([Line, ": ", Sender(Line)]) end,
         case down(Client) of
             normal -> ok;
             Why -> print([Line, ": its process ended, ", told(Why)])
         end
     end || Line <- [open, cut, gone, misspelt]].

%% #region greet
greet(Read) ->
    try Read() of
        "" -> throw(nobody);
        Name -> "hello " ++ Name
    catch
        throw:nobody -> "caught nobody"
    after
        print(["  closed"])
    end.
%% #endregion

protected() ->
    Readers = [{"reads Ann", fun() -> "Ann" end},
               {"reading throws nobody", fun() -> throw(nobody) end},
               {"reads an empty name", fun() -> "" end},
               {"reading exits", fun() -> exit(bye) end}],
    [begin
         print([What]),
         {How, Value} = ending(fun() -> greet(Read) end),
         print(["  ", How, ": ", told(Value)])
     end || {What, Read} <- Readers].

%% #region bodies
bodies() ->
    [{"returns", fun() -> 42 end},
     {"exits with normal", fun() -> exit(normal) end},
     {"exits with bye", fun() -> exit(bye) end},
     {"throws an Error", fun() -> error("boom") end},
     {"throws ball", fun() -> throw(ball) end},
     {"waits, is killed", fun() -> receive never -> ok end end}].
%% #endregion

reasons() ->
    [begin
         {Pid, Ref} = spawn_monitor(Body),
         What =:= "waits, is killed" andalso exit(Pid, kill),
         receive {'DOWN', Ref, process, Pid, Why} ->
             print([What, ": ", told(Why)])
         end
     end || {What, Body} <- bodies()].

%% #region till
till(Count, Cents) ->
    receive
        {sell, Price} ->
            till(Count + 1, Cents + cents_of(Price));
        {report, To} ->
            To ! {sales, self(), Count, Cents},
            till(Count, Cents)
    end.
%% #endregion

cents_of(Price) ->
    case re:run(Price, "^\\d+\\.\\d\\d$") of
        {match, _} -> list_to_integer(lists:delete($., Price));
        nomatch -> error(Price ++ " is no price")
    end.

crash() ->
    Till = fun() -> till(0, 0) end,
    {North, _} = spawn_monitor(Till),
    {South, _} = spawn_monitor(Till),
    South ! {sell, "3.50"},
    North ! {sell, "free"},
    receive {'DOWN', _, process, North, Why} ->
        print(["north ended: ", told(Why)])
    end,
    ask("south", South),
    {Again, _} = spawn_monitor(Till),
    Again ! {sell, "2.00"},
    ask("north again", Again).

ask(Name, Till) ->
    Till ! {report, self()},
    receive {sales, Till, Count, Cents} ->
        io:format("~s: ~p sold, ~p cents~n", [Name, Count, Cents])
    end.

down(Body) ->
    {Pid, Ref} = spawn_monitor(Body),
    receive {'DOWN', Ref, process, Pid, Why} -> Why end.

%% A reason in plain words, without the stack that an error brings along.
told({Reason, [{_, _, _, _} | _]}) -> told(Reason);
told({Tag, Why}) -> [told(Tag), ", ", told(Why)];
told(Atom) when is_atom(Atom) -> atom_to_list(Atom);
told(Text) -> Text.

print(Parts) ->
    Texts = [if is_atom(Part) -> atom_to_list(Part); true -> Part end
             || Part <- Parts],
    io:format("~s~n", [Texts]).
