"""What the command line of the engine understands."""

USAGE = """\
usage: python -m app.poster [-Testing | -Manual ... | -Plan | -UISchedule | -ContainerSchedule |
                             -ArrTrigger ... | -Tautulli ... |
                             -Undo RUN [-After] [-Only LIST] [-Plan] |
                             -Version SHA256 -Only LIST | -Store | -Doctor [-Repair] |
                             -Sync -From SERVER -To SERVER [-Plan] | -SyncJelly | -SyncEmby |
                             -PosterReset -LibraryToReset NAME [-Plan] |
                             -Backup [-From SERVER] [-Plan] | -Restore ... [-To SERVER] [-Plan]]
                            [-Take LIST]

  (no switch) full run: make what is missing or changed in the whole library
  -UISchedule, -ContainerSchedule
              the same, started by a schedule
  -Plan       write what a full run would do, and change nothing
  -Clean      with a full run or a plan: delete at its end the pictures of ours that no listed
              library wants any more, also where AssetCleanup is off, and more than 10 % of them
  -Only LIST, -Except LIST
              with a full run or a plan: work on these assets alone, asking the providers anew; leave
              these as they are. With -Titletext T, a JSON string with its line breaks, the one asset of
              -Only is drawn with that text, and is held: no run replaces it until it is released
  -Undo RUN   take back what a run did: RUN is the server's number of the run or its name in the
              journal; with -Only LIST some assets only, with -Plan nothing is changed. With -After
              the run stays, and all that was done after it is taken back, also what persons did
  -Version SHA256 -Only LIST
              restore that earlier version of one asset, also where it was uploaded
  -Store      print what the store of replaced pictures holds, as JSON, and check each file of it
  -Doctor     check journal, store and files against each other and print what is wrong, as JSON;
              with -Repair, while no run is active, repair what can be proved
  -First N    with a full run or a plan: only the first N films and shows of each library
  -ArrTrigger make what an import of Sonarr or Radarr brought: -arr_platform Radarr
              -arr_movie_title T -arr_movie_tmdb N -arr_movie_year Y -arr_movie_path P, or
              -arr_platform Sonarr -arr_series_title T -arr_series_tvdb N -arr_episode_season N
              -arr_episode_numbers N,N -arr_series_path P
  -Tautulli   make what Plex added: -RatingKey N -mediatype movie|show|season|episode
              -parentratingkey N -grandparentratingkey N
  -Take LIST  in a full or triggered run: make these assets although they are artwork by hand or of
              another tool, or were taken back; LIST is a JSON array of paths below the asset
              folder, or @FILE with one path on each line
  -Sync -From SERVER -To SERVER
              have the second of plex, jellyfin and emby show the pictures of the first one, film by
              film, season by season and episode by episode; both need address and key in
              config.json; art by hand or of another tool is left unless -Take names it
  -SyncJelly, -SyncEmby with no more words
              the same from Plex to Jellyfin or Emby
  -PosterReset -LibraryToReset NAME
              have the media server show its own posters again in place of ours; -Kinds names other
              kinds, and with -ForceReplace what a person or another tool uploaded goes, too
  -Backup     copy what the media server shows into the backup folder, in its layout; what did not
              change is not fetched again, and a picture of ours takes the place of no earlier one
  -Restore    have the media server show the pictures of the backup folder, or where that has none
              what we uploaded over; -RestoreLibrary NAME, -RestoreItem TITLE and
              -RestoreType poster|season|background|titlecard choose some; art by hand or of
              another tool is left unless -Take names it or -ForceReplace takes all
  -Kinds LIST, -Libraries LIST
              with a sync, a reset, a backup or a restore: only these kinds (poster, season,
              background, titlecard), only these libraries; words parted by commas, or a JSON array
  -LogoUpdater [-LibraryName NAME] [-ForceReplace]
              have the media server show for each film and show the logo that LogoLanguageOrder and the
              providers give, in one library or all; logos by hand are left unless -ForceReplace or
              -Take says otherwise
  -LogoRevert [-LibraryName NAME]
              put back the logos that were shown before those of -LogoUpdater
  -Testing    draw the sample pictures into the folder test
  -Manual     make one asset from one picture, with
              -PicturePath FILE_OR_URL -Titletext T -FolderName F -LibraryName L and at most one of
              -SeasonPoster -SeasonPosterName S
              -CollectionCard
              -BackgroundCard
              -TitleCard -EPTitleName E -SeasonPosterName S -EpisodeNumber N
              and -Target PATH below the asset folder, where it is not the one that these say
  -Preflight  draw the hardest titles of the library into a contact sheet below engine/preflight, with a
              list of what will not fit; -Changed JSON shows other settings beside the present ones
  -GatherLogs write logs, settings, versions and counts without secrets into a zip below the folder
              support, and print one JSON document with its path
  -NotifyTest
              send a test message to every address of the section Notification, and print one JSON
              document with what became of each
  -Inquire NAME
              what the server asks between runs: the variable INQUIRY holds a JSON object, and one JSON
              document is printed

Exit codes: 0 done, 1 failed, 2 bad arguments, 3 bad configuration, 4 another instance is running,
6 some pictures failed, 130 and 143 stopped by a signal.
"""
